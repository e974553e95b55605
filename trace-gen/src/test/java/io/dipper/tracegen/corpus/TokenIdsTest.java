package io.dipper.tracegen.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** What NumPy, PyTorch and JSON leave on a disk when nobody asks them for int32. */
  static Stream<Arguments> idsOfOtherKinds() {
    return Stream.of(
        Arguments.of("holds int64 ids", little(32).putLong(1).putLong(9).putLong(0).putLong(300)),
        Arguments.of("holds uint16 ids", shorts(5, 9, 4000, 17, 3, 8)),
        Arguments.of(
            "holds big-endian ids", ByteBuffer.allocate(12).putInt(1).putInt(9).putInt(300)),
        Arguments.of(
            "is a NumPy array with its header",
            ByteBuffer.wrap("\u0093NUMPY\1\0v\0{'descr'".getBytes(StandardCharsets.ISO_8859_1))),
        Arguments.of("is an archive", ByteBuffer.wrap(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0})),
        Arguments.of("holds ids as text", text("[1, 2, 300]")),
        Arguments.of("holds ids as text", text("1 2\n300\n")));
  }

  @ParameterizedTest
  @MethodSource("idsOfOtherKinds")
  void read_saysWhatAFileHoldsInstead_andHowToConvertIt(String what, ByteBuffer bytes)
      throws IOException {
    Path file = Files.write(folder.resolve("ids"), bytes.array());

    assertThatThrownBy(() -> TokenIds.read(file, 4096))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": " + what)
        .hasMessageContaining("expected little-endian int32; convert with NumPy: np.");
  }

  /** Token 0 is a token like any other: only ids that are zero at every second place are int64. */
  @Test
  void read_ofManyZerosIsAllowed() throws IOException {
    Path zeros = write(new int[64]);
    assertThat(TokenIds.read(zeros, 4096)).hasSize(16).containsOnly(0);
    Path mixed = write(1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0);
    assertThat(TokenIds.read(mixed, 4096)).containsExactly(1, 0, 2, 3);
  }

  @Test
  void read_namesANegativeToken() throws IOException {
    Path file = write(1, 0, 0, 0, 255, 255, 255, 255);

    assertThatThrownBy(() -> TokenIds.read(file, 4096))
        .hasMessage(file + ": token 1 is -1; the model's ids go from 0 to 4095");
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer shorts(int... values) {
    ByteBuffer bytes = little(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes;
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
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
