package io.dipper.hwsim.machine;

import io.dipper.files.CannotWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * What a page fault takes that reads one page, beside a direct read of the same page.
 *
 * <p>A direct write takes a page out of the system's cache; then it is touched. Linux reads around
 * a fault what is absent of a window. It stops doing so when an opened file has had a hundred more
 * misses than hits, but the pages that a fault maps are hits, those that it has just read among
 * them (its {@code mm/filemap.c}), so that faults at random places go on reading windows. Here all
 * of a window but one page is in the cache. It is looked through page by page all the same, which
 * in a window of megabytes takes longer than the rest of a fault: a window ends with its file, so
 * the file is a small one.
 */
final class PageFaults implements AutoCloseable {
  /** Bytes of a page. */
  static final int PAGE = 4096;

  private static final int PAGES = 16;
  private static final double PROBE_SECONDS = 0.05;

  private final DirectFile beside;
  private final FileChannel direct;
  private final FileChannel cached;
  private final MappedByteBuffer pages;
  private final ByteBuffer buffer;
  private volatile int sink;

  /**
   * Makes a file that is gone when it is closed.
   *
   * @param beside a file on the disk that is measured
   * @throws io.dipper.error.UserException if it cannot be written
   */
  PageFaults(DirectFile beside) {
    this.beside = beside;
    this.buffer = beside.buffers(PAGES * PAGE).get(0);
    try {
      Path folder = beside.path().toAbsolutePath().getParent();
      Path file = Files.createTempFile(folder, "dipper-faults", ".bin");
      try {
        this.direct = DirectFile.openBoth(file);
        this.cached = FileChannel.open(file, StandardOpenOption.READ);
      } finally {
        Files.delete(file);
      }
      DirectFile.write(direct, buffer, 0);
      direct.force(true);
      this.pages = cached.map(FileChannel.MapMode.READ_ONLY, 0, PAGES * PAGE);
    } catch (IOException e) {
      throw CannotWrite.error(beside.path(), e);
    }
  }

  /**
   * Whether a direct write leaves a page absent here, and a fault reads it alone. False where the
   * system does not say what it reads.
   */
  boolean areOfOnePage() {
    if (StorageReads.bytes().isEmpty() || PAGE % beside.alignment() != 0) {
      return false;
    }
    Touches touches = touches(PROBE_SECONDS, 1);
    double pages = (double) touches.bytes / PAGE / touches.count;
    return pages > 2.9 && pages < 3.5;
  }

  /**
   * The seconds of a fault beside a read; at least 0.
   *
   * @throws io.dipper.error.UserException if a page cannot be read
   */
  double seconds(double seconds, long seed) {
    Touches touches = touches(seconds, seed);
    return Math.max(0, touches.faultNanos - touches.readNanos) / 1e9 / touches.count;
  }

  /**
   * Pages that were touched, read around the cache, and touched once more.
   *
   * @param faultNanos of the first touches
   * @param readNanos of the reads
   * @param bytes that storage read, a page for each of the three
   */
  private record Touches(int count, long faultNanos, long readNanos, long bytes) {}

  private Touches touches(double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try {
      // What the cache has in one piece comes back page by page.
      for (int page = 0; page < 2 * PAGES; page++) {
        fault(page % PAGES);
      }
      long stop = System.nanoTime() + (long) (seconds * 1e9);
      long before = StorageReads.bytes().orElse(0);
      int count = 0;
      long faults = 0;
      long reads = 0;
      while (count == 0 || System.nanoTime() < stop) {
        int page = random.nextInt(PAGES);
        faults += fault(page);
        reads += read(page);
        fault(page);
        count++;
      }
      return new Touches(count, faults, reads, StorageReads.bytes().orElse(0) - before);
    } catch (IOException e) {
      throw beside.failed(e);
    } catch (InternalError e) {
      throw beside.failed(e);
    }
  }

  /** The nanoseconds of a touch of a page that has been taken out. */
  private long fault(int page) throws IOException {
    write(page);
    long begin = System.nanoTime();
    sink = pages.get(page * PAGE);
    return System.nanoTime() - begin;
  }

  /** Those of a direct read of one that has been taken out. */
  private long read(int page) throws IOException {
    write(page);
    buffer.clear().limit(PAGE);
    long begin = System.nanoTime();
    DirectFile.read(direct, buffer, (long) page * PAGE);
    return System.nanoTime() - begin;
  }

  private void write(int page) throws IOException {
    buffer.clear().limit(PAGE);
    DirectFile.write(direct, buffer, (long) page * PAGE);
  }

  @Override
  public void close() {
    try {
      direct.close();
      cached.close();
    } catch (IOException e) {
      throw beside.failed(e);
    }
  }
}
