package io.dipper.hwsim.machine;

import io.dipper.parallel.TaskPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Reads of one size by some lanes, each of which has one read in flight at any time: a thread that
 * reads, waits and reads again.
 *
 * @param size of each read, bytes
 * @param lanes threads
 * @param range bytes at the file's beginning that random reads are confined to
 */
public record DiskReads(int size, int lanes, long range) {
  /** The share of the time that passes before anything is counted. */
  private static final double WARM_UP = 0.2;

  /** What one lane has read since the warm-up. */
  private record Read(long bytes, long end) {}

  /**
   * The throughput of all lanes, bytes per second.
   *
   * @param seconds for how long reads are begun
   * @throws io.dipper.error.UserException if a read fails
   */
  public double throughput(DirectFile file, double seconds, long seed) {
    List<ByteBuffer> buffers = new ArrayList<>();
    while (buffers.size() < lanes) {
      buffers.addAll(file.buffers(size));
    }
    long begin = System.nanoTime();
    long counted = begin + (long) (WARM_UP * seconds * 1e9);
    long stop = begin + (long) (seconds * 1e9);
    List<Supplier<Read>> all = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int own = lane;
      all.add(() -> read(file, buffers.get(own), own, counted, stop, seed));
    }
    List<Read> reads = new ArrayList<>();
    try (TaskPool threads = new TaskPool(lanes)) {
      threads.run(all, reads::add);
    }
    long bytes = reads.stream().mapToLong(Read::bytes).sum();
    long end = reads.stream().mapToLong(Read::end).max().orElseThrow();
    return bytes / ((end - counted) / 1e9);
  }

  private Read read(
      DirectFile file, ByteBuffer buffer, int lane, long counted, long stop, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + lane);
    long places = range / size;
    long bytes = 0;
    long now = System.nanoTime();
    try (FileChannel channel = file.open()) {
      while (now < stop || bytes == 0) {
        long place = random.nextLong(places);
        buffer.clear();
        long begun = now;
        DirectFile.read(channel, buffer, place * size);
        now = System.nanoTime();
        bytes += begun >= counted ? size : 0;
      }
    } catch (IOException e) {
      throw file.failed(e);
    }
    return new Read(bytes, now);
  }
}
