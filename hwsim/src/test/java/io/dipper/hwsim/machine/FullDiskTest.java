package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills while a file is written to it: a file system of its own, in a file. */
class FullDiskTest {
  private static final int DISK_BYTES = 24 << 20;

  @TempDir private Path folder;
  private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Path image = folder.resolve("image");
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), DISK_BYTES - 1);
    }
    assumeTrue(
        run("mkfs.ext4", "-q", "-m", "0", image) && run("mount", "-o", "loop", image, disk),
        "no small file system can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk);
  }

  private static boolean run(Object... words) throws Exception {
    List<String> command = Stream.of(words).map(String::valueOf).toList();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  @Test
  void diskThatFillsWhileAFileIsWritten_isOneLine_andNothingOfItIsLeft() {
    Path file = disk.resolve("w.bin");
    assertThatThrownBy(() -> DirectFile.create(file, new Zeros(), "make it smaller", new Filling()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("No space left on device");
    assertThat(file).doesNotExist();
    assertThat(disk.resolve("other")).exists();
  }

  /** Somebody else, who takes all room once the first part is written. */
  private final class Filling implements Progress {
    @Override
    public void start(String task, String unit, long total) {}

    @Override
    public void advance(long done) {
      try (FileChannel other =
          FileChannel.open(
              disk.resolve("other"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (other.size() < DISK_BYTES) {
          other.write(ByteBuffer.allocate(4096));
        }
      } catch (IOException e) {
        // The disk is full.
      }
    }
  }

  /** Three chunks of nothing. */
  private record Zeros() implements DirectContent {
    @Override
    public long bytes() {
      return 3L * DirectFile.CHUNK;
    }

    @Override
    public long mark() {
      return 1;
    }

    @Override
    public String task() {
      return "test";
    }

    @Override
    public void fill(long at, ByteBuffer chunk) {
      chunk.put(new byte[chunk.remaining()]);
    }
  }
}
