package io.dipper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  @TempDir Path folder;

  @Test
  void moreThanIsFree_isRefused_withBothNumbersAndTheRemedy() throws Exception {
    FileStore store = Files.getFileStore(folder);
    Path file = folder.resolve("t.arrow");
    long most = Long.MAX_VALUE;
    assertThatThrownBy(() -> Room.require(file, most, "give fewer --tokens"))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            ".*t\\.arrow: needs 9223372036\\.85 GB, and [0-9.]+ [MG]B are free there; give fewer"
                + " --tokens, or name another place");
    assertThat(store.getUsableSpace()).isPositive();
    assertThatCode(() -> Room.require(file, 1, "give fewer --tokens")).doesNotThrowAnyException();
  }

  @Test
  void sizes_areDecimal() {
    assertThat(Room.show(94_000_000_000L)).isEqualTo("94.00 GB");
    assertThat(Room.show(1_510_000)).isEqualTo("1.51 MB");
  }

  @Test
  void linkToAnotherDisk_isAskedOfThatDisk() throws Exception {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, folder.resolve("target"));
    assertThatThrownBy(() -> Room.require(link, Long.MAX_VALUE, "make room"))
        .hasMessageStartingWith(link + ": needs");
  }
}
