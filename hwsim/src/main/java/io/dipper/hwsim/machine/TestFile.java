package io.dipper.hwsim.machine;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The content of a file of numbers drawn by chance, which no drive can compress.
 *
 * @param bytes of the file, a multiple of {@link DirectFile#CHUNK}
 */
public record TestFile(long bytes) implements DirectContent {
  private static final String NAME = "dipper-measure.bin";
  private static final long SEED = 0x646970706572L;

  /**
   * Writes such a file into a folder.
   *
   * @throws UserException if it cannot be read there around the system's cache
   */
  public static DirectFile create(Path folder, long bytes, Progress progress) {
    if (!Files.isDirectory(folder)) {
      throw UserException.in(folder, "there is no such folder; name one on the disk to measure");
    }
    return DirectFile.create(
        folder.resolve(NAME), new TestFile(bytes), "make the file smaller", progress);
  }

  @Override
  public long mark() {
    return new SplittableRandom(SEED).nextLong();
  }

  @Override
  public String task() {
    return "measurement";
  }

  @Override
  public void fill(long at, ByteBuffer chunk) {
    SplittableRandom random = new SplittableRandom(SEED + at);
    while (chunk.hasRemaining()) {
      chunk.putLong(random.nextLong());
    }
  }
}
