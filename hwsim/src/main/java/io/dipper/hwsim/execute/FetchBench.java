package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.ColdBuffers;
import io.dipper.hwsim.machine.DirectFile;
import io.dipper.hwsim.machine.DiskReads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** What fetches take beside their reads. */
final class FetchBench {
  /** For how long the processor works before each fetch. */
  private static final long WORK_NANOS = 200_000;

  /** Bytes of reads that are handed over, and of those that are copied. */
  private static final int HANDED = 1 << 16;

  private static final int COPIED = 1 << 18;

  /** How often reads that are used and others are made in turn. */
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
    try (Lanes all = new Lanes(file, lanes, lanes);
        Team team = new Team(Runtime.getRuntime().availableProcessors());
        FileChannel channel = file.open()) {
      while (System.nanoTime() < stop || reads.getN() == 0) {
        read(channel);
        reads.addValue(read(channel));
        team.run(member -> work());
        fetches.addValue(fetch(all, HANDED, (offset, read) -> {}));
      }
    } catch (IOException e) {
      throw file.failed(e);
    }
    return Math.max(0, fetches.getPercentile(50) - reads.getPercentile(50));
  }

  /** The seconds of a read. */
  private double read(FileChannel channel) throws IOException {
    ColdBuffers.Lent buffer = file.coldBuffers().take(HANDED);
    long begin = System.nanoTime();
    DirectFile.read(channel, buffer.bytes(), place(HANDED));
    double seconds = (System.nanoTime() - begin) / 1e9;
    file.coldBuffers().give(buffer);
    return seconds;
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
   * Bytes per second at which using what was read adds to the time of reads: what reads take longer
   * that come into memory which no cache holds and are copied to their places, than reads into one
   * buffer of each lane that nobody looks at. Both kinds are made in turn, each for a while.
   */
  double copyBandwidth(double seconds) {
    byte[][] targets = new byte[TARGETS][COPIED];
    DiskReads unused = new DiskReads(COPIED, lanes, file.bytes());
    double used = 0;
    double alone = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      used += 1 / bandwidth(seconds / TURNS / 2, targets, read -> place(COPIED));
      alone += 1 / unused.throughput(file, seconds / TURNS / 2, turn);
    }
    return 1 / Math.max((used - alone) / TURNS, LEAST_COPY);
  }

  /** Bytes per second of a stream of reads of one size, each copied while others are made. */
  double streamBandwidth(int bytes, double seconds) {
    long reads = file.bytes() / bytes;
    return bandwidth(seconds, new byte[TARGETS][bytes], read -> read % reads * bytes);
  }

  /**
   * Bytes per second of reads that are copied while others are made.
   *
   * @param targets that are copied to in turn, each as large as a read
   * @param places of the reads in the file
   */
  private double bandwidth(double seconds, byte[][] targets, LongUnaryOperator places) {
    long bytesRead = 0;
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    try (Lanes all = new Lanes(file, lanes, lanes)) {
      Batch under = reads(0, targets, places);
      all.submit(under, false);
      for (long first = AT_ONCE; System.nanoTime() < stop || bytesRead == 0; first += AT_ONCE) {
        Batch next = reads(first, targets, places);
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

  private static Batch reads(long first, byte[][] targets, LongUnaryOperator places) {
    Batch batch = Batch.ofStream();
    for (long read = first; read < first + AT_ONCE; read++) {
      byte[] target = targets[(int) (read % TARGETS)];
      batch.add(
          new Batch.Part(places.applyAsLong(read), target.length, (at, from) -> from.get(target)));
    }
    return batch;
  }

  private long place(int bytes) {
    return random.nextLong(file.bytes() / bytes) * bytes;
  }
}
