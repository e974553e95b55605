package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.cache.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it tells no inode, so nothing is remembered")
class FileDigestsTest {
  private static final int LENGTH = 3 << 20;

  @TempDir private Path folder;

  private Path file;
  private int computed;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("t.arrow"), new byte[LENGTH]);
  }

  /** Some time after the file was written. */
  private FileDigests later() {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    return new FileDigests(new UserCache(folder.resolve("cache")), clock);
  }

  private String digest(FileDigests digests) {
    return digests.of(
        List.of(file),
        () -> {
          computed++;
          return Sha256.of(file);
        });
  }

  private void assertRight(int times) {
    assertThat(digest(later())).isEqualTo(Sha256.of(file));
    assertThat(computed).isEqualTo(times);
  }

  @Test
  void aFileThatHasNotChanged_isReadOnce() {
    assertRight(1);
    assertRight(1);
    file = file.resolveSibling("./t.arrow");
    assertRight(1);
  }

  @Test
  void otherBytesOfTheSameLengthAndTime_areReadAgain() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    assertRight(1);
    byte[] other = new byte[LENGTH];
    other[17] = 1;
    Files.write(file, other);
    Files.setLastModifiedTime(file, time);
    assertRight(2);
  }

  @Test
  void anotherFileInItsPlace_isReadAgain() throws IOException {
    assertRight(1);
    byte[] other = new byte[LENGTH];
    other[0] = 1;
    Path copy = Files.write(folder.resolve("other"), other);
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    assertRight(2);
  }

  @Test
  void aFileThatWasJustWritten_isNotTakenForSettled() {
    Clock now = Clock.systemUTC();
    FileDigests atOnce = new FileDigests(new UserCache(folder.resolve("cache")), now);
    digest(atOnce);
    digest(atOnce);
    assertThat(computed).isEqualTo(2);
  }

  @Test
  void aDamagedEntry_isNotBelieved() throws IOException {
    assertRight(1);
    Path entry;
    try (var entries = Files.list(folder.resolve("cache/digests"))) {
      entry = entries.findFirst().orElseThrow();
    }
    Files.writeString(entry, Files.readString(entry).strip().replaceAll(".$", ""));
    assertRight(2);
  }

  @Test
  void aCacheThatCannotBeWritten_isNoHindrance() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file where the folder should be");
    assertRight(1);
    assertRight(2);
  }
}
