package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.DirectFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** What fetches take beside their reads. */
final class FetchBench {
  /** For how long the processor works before each fetch. */
  private static final long WORK_NANOS = 200_000;

  /** Bytes of reads that are handed over, and of those that are copied. */
  private static final int HANDED = 1 << 16;

  private static final int COPIED = 1 << 18;

  /** How often streams are read anew, and in turn with others where these are copied or not. */
  private static final int TURNS = 8;

  /** The least seconds that copying a byte is taken to add: a thousandth of those of a disk. */
  private static final double LEAST_COPY = 1e-13;

  /** Arrays that are copied to in turn: more than the caches of a core hold. */
  private static final int TARGETS = 64;

  /** Reads of a stream that are asked for together, more than are in flight. */
  private static final int AT_ONCE = 8;

  private final DirectFile file;
  private final int lanes;
  private final SplittableRandom random = new SplittableRandom(7);

  /**
   * @param lanes that wait for something to read
   */
  FetchBench(DirectFile file, int lanes) {
    this.file = file;
    this.lanes = lanes;
  }

  /**
   * The seconds by which a fetch of one read takes longer than a read that follows another; both
   * are measured in turn.
   */
  double handOver(double seconds) {
    DescriptiveStatistics fetches = new DescriptiveStatistics();
    DescriptiveStatistics reads = new DescriptiveStatistics();
    long stop = System.nanoTime() + (long) (seconds * 1e9);
    ByteBuffer buffer = file.buffers(HANDED).get(0);
    try (Lanes all = new Lanes(file, lanes, lanes);
        FileChannel channel = file.open()) {
      while (System.nanoTime() < stop || reads.getN() == 0) {
        read(channel, buffer);
        reads.addValue(read(channel, buffer));
        work();
        fetches.addValue(fetch(all, HANDED, (offset, read) -> {}));
      }
    } catch (IOException e) {
      throw file.failed(e);
    }
    return Math.max(0, fetches.getPercentile(50) - reads.getPercentile(50));
  }

  /** The seconds of a read. */
  private double read(FileChannel channel, ByteBuffer buffer) throws IOException {
    long begin = System.nanoTime();
    DirectFile.read(channel, buffer.clear(), place(HANDED));
    return (System.nanoTime() - begin) / 1e9;
  }

  /** The seconds of a fetch. */
  private double fetch(Lanes by, int bytes, Batch.Sink sink) {
    Batch batch = Batch.ofReads();
    batch.add(new Batch.Part(place(bytes), bytes, sink));
    long begin = System.nanoTime();
    by.submit(batch, false);
    batch.await();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void work() {
    long end = System.nanoTime() + WORK_NANOS;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /**
   * Bytes per second at which copying adds to the time of reads: what reads take longer whose bytes
   * are copied to their places. Both kinds are made in turn, each for a while.
   */
  double copyBandwidth(double seconds) {
    byte[][] targets = new byte[TARGETS][COPIED];
    double copied = 0;
    double left = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      copied += 1 / streamBandwidth(seconds / TURNS / 2, targets, true);
      left += 1 / streamBandwidth(seconds / TURNS / 2, targets, false);
    }
    return 1 / Math.max((copied - left) / TURNS, LEAST_COPY);
  }

  /**
   * Bytes per second of a stream of reads of one size, each copied while others are made; the mean
   * of some turns, each with threads and buffers of its own: on a virtual disk a set of them may be
   * half as fast as another.
   */
  double streamBandwidth(int bytes, double seconds) {
    byte[][] targets = new byte[TARGETS][bytes];
    double perByte = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      perByte += 1 / streamBandwidth(seconds / TURNS, targets, true);
    }
    return TURNS / perByte;
  }

  /**
   * @param targets that are copied to in turn, each as large as a read
   * @param copies whether anything is copied
   */
  private double streamBandwidth(double seconds, byte[][] targets, boolean copies) {
    long bytesRead = 0;
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    try (Lanes all = new Lanes(file, lanes, lanes)) {
      Batch under = stream(0, targets, copies);
      all.submit(under, false);
      for (long first = AT_ONCE; System.nanoTime() < stop || bytesRead == 0; first += AT_ONCE) {
        Batch next = stream(first, targets, copies);
        all.submit(next, false);
        all.await(under);
        bytesRead += under.bytes();
        under = next;
      }
      double lasted = (System.nanoTime() - begin) / 1e9;
      all.await(under);
      return bytesRead / lasted;
    }
  }

  private Batch stream(long first, byte[][] targets, boolean copies) {
    Batch batch = Batch.ofStream();
    int bytes = targets[0].length;
    long reads = file.bytes() / bytes;
    for (long read = first; read < first + AT_ONCE; read++) {
      byte[] target = targets[(int) (read % TARGETS)];
      long offset = read % reads * bytes;
      batch.add(
          new Batch.Part(
              offset,
              bytes,
              (at, from) -> {
                if (copies) {
                  from.get(target);
                }
              }));
    }
    return batch;
  }

  private long place(int bytes) {
    return random.nextLong(file.bytes() / bytes) * bytes;
  }
}
