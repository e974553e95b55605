package io.dipper.tracegen.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIdsTest {
  @TempDir private Path folder;

  @Test
  void read_isLittleEndian() throws IOException {
    Path file = write(1, 2, 0, 0, 255, 0, 0, 0);

    assertThat(TokenIds.read(file, 4096)).containsExactly(513, 255);
  }

  @Test
  void read_ofTheGoldenIdsHasAllOfThem() {
    assertThat(TokenIds.read(SharedData.testdata("golden/bookworm.ids.i32le"), 4096))
        .hasSize(3 * 128);
  }

  @Test
  void read_refusesAFileThatIsNoMultipleOfFour() throws IOException {
    Path file = write(1, 0, 0, 0, 7);

    assertThatThrownBy(() -> TokenIds.read(file, 4096))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + ": 5 bytes");
  }

  @Test
  void read_namesTheTokenOutsideTheVocabulary() throws IOException {
    Path file = write(1, 0, 0, 0, 0, 16, 0, 0);

    assertThatThrownBy(() -> TokenIds.read(file, 4096))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": token 1 is 4096; the model's ids go from 0 to 4095");
  }

  @Test
  void read_ofAFileThatIsNotThereIsAUsersError() {
    assertThatThrownBy(() -> TokenIds.read(folder.resolve("none"), 4096))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read");
  }

  private Path write(int... bytes) throws IOException {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return Files.write(folder.resolve("ids"), content);
  }
}
