package io.dipper.hwsim.execute.read;

import io.dipper.hwsim.execute.team.Team;
import io.dipper.hwsim.machine.DirectFile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** What fetches take. */
public final class FetchBench {
  /** For how long the processor works before each fetch. */
  private static final long WORK_NANOS = 200_000;

  /** Bytes of reads that are handed over. */
  private static final int HANDED = 1 << 16;

  /** By how much longer than a fetch work lasts that it is made beside. */
  private static final double LASTING = 2.5;

  /** How often work is done to see how long it takes. */
  private static final int TRIES = 50;

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
  public FetchBench(DirectFile file, int lanes) {
    this.file = file;
    this.lanes = lanes;
  }

  /**
   * The seconds by which a fetch of one read takes longer that is handed to a lane than one that
   * who waits makes itself; both are measured in turn.
   */
  public double handOver(double seconds) {
    List<Double> medians =
        medians(1, HANDED, seconds, List.of(Lanes::read, FetchBench::handOverAndAwait));
    return Math.max(0, medians.get(1) - medians.get(0));
  }

  private static void handOverAndAwait(Lanes all, Batch batch) {
    all.submit(batch, false);
    batch.await();
  }

  /** The middle of what fetches take that who waits reads along, and whose reads are copied. */
  public double seconds(int reads, int bytes, double seconds) {
    return medians(reads, bytes, seconds, List.of(Lanes::read)).get(0);
  }

  /**
   * The seconds by which work takes longer while a fetch is made beside it: work that lasts longer
   * than the fetch, in turn with one and without; at least 0.
   *
   * @param work some of it, which takes all cores
   */
  public double delay(int reads, int bytes, double seconds, Runnable work) {
    byte[][] targets = new byte[TARGETS][bytes];
    double fetch = seconds(reads, bytes, seconds / 8);
    DescriptiveStatistics alone = new DescriptiveStatistics();
    DescriptiveStatistics beside = new DescriptiveStatistics();
    try (Lanes all = new Lanes(file, lanes, lanes)) {
      int times = times(work, LASTING * fetch);
      long stop = System.nanoTime() + (long) (seconds * 1e9);
      for (int i = 0; System.nanoTime() < stop || i == 0; i++) {
        alone.addValue(seconds(work, times));
        Batch batch = fetch(targets, reads, i);
        long begin = System.nanoTime();
        all.submit(batch, false);
        seconds(work, times);
        beside.addValue((System.nanoTime() - begin) / 1e9);
        all.await(batch);
      }
    }
    return Math.max(0, beside.getPercentile(50) - alone.getPercentile(50));
  }

  /** How often work is to be done to last so long. */
  private static int times(Runnable work, double seconds) {
    seconds(work, TRIES);
    return (int) Math.ceil(seconds / seconds(work, TRIES) * TRIES);
  }

  private static double seconds(Runnable work, int times) {
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * The middle of what fetches take whose reads are copied, for each way to make one.
   *
   * @param seconds for all ways, which are gone in turn
   */
  private List<Double> medians(
      int reads, int bytes, double seconds, List<BiConsumer<Lanes, Batch>> ways) {
    byte[][] targets = new byte[TARGETS][bytes];
    List<DescriptiveStatistics> fetches = new ArrayList<>();
    ways.forEach(way -> fetches.add(new DescriptiveStatistics()));
    try (Lanes all = new Lanes(file, lanes, lanes);
        Team team = team()) {
      long stop = System.nanoTime() + (long) (seconds * 1e9);
      for (int i = 0; System.nanoTime() < stop || i == 0; i++) {
        for (int way = 0; way < ways.size(); way++) {
          Batch batch = fetch(targets, reads, i);
          work(team);
          long begin = System.nanoTime();
          ways.get(way).accept(all, batch);
          fetches.get(way).addValue((System.nanoTime() - begin) / 1e9);
        }
      }
    }
    return fetches.stream().map(all -> all.getPercentile(50)).toList();
  }

  /** Reads at places drawn by chance, each copied to an array of its own. */
  private Batch fetch(byte[][] targets, int reads, int index) {
    Batch batch = Batch.ofReads();
    for (int read = 0; read < reads; read++) {
      byte[] target = targets[(index * reads + read) % TARGETS];
      batch.add(
          new Batch.Part(place(target.length), target.length, (at, from) -> from.get(target)));
    }
    return batch;
  }

  private static Team team() {
    return new Team(Runtime.getRuntime().availableProcessors());
  }

  /** All cores work, as they do before a step fetches. */
  private static void work(Team team) {
    team.run(
        member -> {
          long end = System.nanoTime() + WORK_NANOS;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
        });
  }

  /** Bytes per second of a stream of reads of one size, each copied while others are made. */
  public double streamBandwidth(int bytes, double seconds) {
    byte[][] targets = new byte[TARGETS][bytes];
    long bytesRead = 0;
    long begin = System.nanoTime();
    long stop = begin + (long) (seconds * 1e9);
    try (Lanes all = new Lanes(file, lanes, lanes)) {
      Batch under = stream(0, targets);
      all.submit(under, false);
      for (long first = AT_ONCE; System.nanoTime() < stop || bytesRead == 0; first += AT_ONCE) {
        Batch next = stream(first, targets);
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

  private Batch stream(long first, byte[][] targets) {
    Batch batch = Batch.ofStream();
    int bytes = targets[0].length;
    long reads = file.bytes() / bytes;
    for (long read = first; read < first + AT_ONCE; read++) {
      byte[] target = targets[(int) (read % TARGETS)];
      batch.add(new Batch.Part(read % reads * bytes, bytes, (at, from) -> from.get(target)));
    }
    return batch;
  }

  private long place(int bytes) {
    return random.nextLong(file.bytes() / bytes) * bytes;
  }
}
