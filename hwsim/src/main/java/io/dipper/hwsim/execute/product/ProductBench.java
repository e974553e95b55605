package io.dipper.hwsim.execute.product;

import io.dipper.hwsim.execute.team.PaddedArrays;
import io.dipper.hwsim.execute.team.Team;
import io.dipper.weight.WeightType;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Products of made-up weights that no cache holds, units of some weights in one of several arrays,
 * one for each thread. They are made slice by slice until a time is over.
 */
public final class ProductBench implements AutoCloseable {
  /** Bytes of each thread's weights. */
  private static final int BYTES = 1 << 26;

  /** How many rows or columns are multiplied at a time. */
  private static final int SLICE = 256;

  /** Numbers of a key: of some heads that lie side by side. */
  private static final int HEAD = 256;

  private final Team team;
  private final Products products;
  private final int unit;
  private final int unitBytes;
  private final byte[][] weights;
  private final float[][] values;
  private final float[][] pair;
  private final float[] query = new float[HEAD];
  private final int[] inOrder;
  private final int[] masked;
  private final Slices oneByOne = new Slices((member, from) -> rows(member, from, SLICE));
  private volatile float sink;

  /**
   * @param unit the weights of a row or a column, whole blocks
   */
  public ProductBench(WeightType type, int unit, int threads) {
    Blocks blocks = Blocks.of(type);
    this.team = new Team(threads);
    this.products = Products.of(type);
    this.unit = unit;
    this.unitBytes = unit / blocks.weights() * blocks.bytes();
    this.weights = new byte[threads][];
    this.values = PaddedArrays.floats(threads, unit);
    this.pair = PaddedArrays.floats(threads, unit);
    int units = BYTES / (SLICE * unitBytes) * SLICE;
    WeightTemplate content = new WeightTemplate(blocks);
    for (int member = 0; member < threads; member++) {
      weights[member] = content.array(0, units * unitBytes);
    }
    this.inOrder = new int[units];
    for (int i = 0; i < units; i++) {
      inOrder[i] = i;
    }
    this.masked = everyOther(units, new SplittableRandom(3));
  }

  /**
   * The places of as many units as there are, in order, each passed over as often as not; then from
   * the first.
   */
  private static int[] everyOther(int units, SplittableRandom random) {
    int[] places = filled(units, random);
    int[] chosen = new int[units];
    int unit = 0;
    for (int i = 0; i < units; unit = (unit + 1) % units) {
      if (random.nextBoolean()) {
        chosen[i++] = places[unit];
      }
    }
    return chosen;
  }

  /**
   * The place of each unit in a cache that masks of half of them have filled, one after another.
   */
  private static int[] filled(int units, SplittableRandom random) {
    int[] places = new int[units];
    Arrays.fill(places, -1);
    for (int taken = 0; taken < units; ) {
      for (int unit = 0; unit < units; unit++) {
        if (places[unit] < 0 && random.nextBoolean()) {
          places[unit] = taken++;
        }
      }
    }
    return places;
  }

  /** The seconds of a weight of rows in order, all threads together. */
  public double row(double seconds) {
    return perWeight(seconds, (member, from) -> rows(member, from, SLICE));
  }

  /**
   * The seconds of a weight of columns in order, all threads together: of two matrices in turn, as
   * a mask's inputs are columns of two.
   */
  public double column(double seconds) {
    return column(inOrder, seconds);
  }

  /**
   * The seconds by which a column that a mask of half of them selects takes longer than one of all,
   * where a cache lies in memory as masks have filled it; at least 0.
   */
  public double gather(double seconds) {
    double ordered = column(inOrder, seconds / 2);
    return Math.max(0, column(masked, seconds / 2) - ordered) * unit;
  }

  private double column(int[] places, double seconds) {
    return perWeight(
        seconds,
        (member, from) -> {
          for (int i = from; i < from + SLICE; i++) {
            int at = places[i] * unitBytes;
            products.add(
                weights[member], at, 1e-3f, (i & 1) == 0 ? values[member] : pair[member], unit);
          }
        });
  }

  /**
   * The seconds of a number of a key, or of a value, all threads together; both stay in a cache, as
   * they do for the heads that share them.
   */
  public double attention(double seconds) {
    int perUnit = unit / (2 * HEAD);
    int headBytes = unitBytes / (2 * perUnit);
    return perWeight(
        seconds,
        (member, from) -> {
          for (int head = 0; head < SLICE * perUnit; head++) {
            int at = 2 * head * headBytes;
            float score = products.dot(weights[member], at, query, HEAD);
            products.add(weights[member], at + headBytes, score, values[member], HEAD);
          }
        });
  }

  /** Multiplies some rows, on all threads. */
  public void slice() {
    oneByOne.next();
  }

  /** The seconds by which a short product takes longer than its busiest thread works. */
  public double handOut(double seconds) {
    Slices slices = new Slices((member, from) -> rows(member, from, 1));
    slices.run(seconds / 2);
    return slices.run(seconds / 2).idle();
  }

  private void rows(int member, int from, int count) {
    float sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += products.dot(weights[member], i * unitBytes, values[member], unit);
    }
    sink = sum;
  }

  /** The first half of the time warms up. */
  private double perWeight(double seconds, Slice slice) {
    Slices slices = new Slices(slice);
    slices.run(seconds / 2);
    return slices.run(seconds / 2).all() / ((double) team.members() * SLICE * unit);
  }

  /** What a member does with units from one on. */
  private interface Slice {
    void multiply(int member, int from);
  }

  /** Mean seconds of a slice, and those of them in which no thread worked, or not all did. */
  private record Times(double all, double idle) {}

  /** Slices one after another. */
  private final class Slices {
    private final IntConsumer work;
    private int from;

    Slices(Slice slice) {
      this.work = member -> slice.multiply(member, from);
    }

    /** Multiplies the next one; returns the nanoseconds of its busiest thread. */
    long next() {
      from = (from + SLICE) % inOrder.length;
      return team.run(work);
    }

    Times run(double seconds) {
      long begin = System.nanoTime();
      long stop = begin + (long) (seconds * 1e9);
      long now = begin;
      long busy = 0;
      int done = 0;
      while (done == 0 || now < stop) {
        busy += next();
        done++;
        now = System.nanoTime();
      }
      return new Times((now - begin) / 1e9 / done, (now - begin - busy) / 1e9 / done);
    }
  }

  @Override
  public void close() {
    team.close();
  }
}
