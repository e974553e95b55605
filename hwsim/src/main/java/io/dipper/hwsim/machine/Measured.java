package io.dipper.hwsim.machine;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.weight.WeightType;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is measured of a machine.
 *
 * @param kind of measurement
 * @param size bytes of each read of a disk, or of what is scanned; weights of each row or column of
 *     a product; 0 for others
 * @param threads that work at once, or reads of a fetch
 */
public record Measured(Kind kind, int size, int threads) {
  /** Kinds of measurements, and what their values are. */
  public enum Kind {
    /** Reads at random places of the file, bytes per second. */
    RANDOM_READS(Dimension.BANDWIDTH),
    /** Reads that follow one another, bytes per second. */
    STREAM(Dimension.BANDWIDTH),
    /** Handing a fetch to a thread and going on after it, seconds. */
    HAND_OVER(Dimension.TIME),
    /** A fetch whose reads are used, seconds. */
    FETCH(Dimension.TIME),
    /** How much longer products take beside such a fetch, seconds. */
    DELAY(Dimension.TIME),
    /** What a fault of a mapped page takes beside a read of it, seconds. */
    FAULT(Dimension.TIME),
    /** A scan of a mapped file of which no page is in memory, bytes per second. */
    SCAN(Dimension.BANDWIDTH),
    /** Touches of pages that are in memory and not mapped yet, seconds. */
    HIT(Dimension.TIME),
    /** How far the system reads ahead on the disk, bytes. */
    READ_AHEAD(Dimension.BYTES),
    /** Memory that threads read, bytes per second. */
    MEMORY(Dimension.BANDWIDTH),
    /** Multiply-adds of one core, FLOP per second. */
    MULTIPLY_ADD(Dimension.COMPUTE_RATE),
    /** Choosing a mask, seconds for a score. */
    SELECT(Dimension.TIME),
    /** What a column that a mask selects takes longer than the next one, seconds. */
    GATHER(Dimension.TIME),
    /** Handing a product out to threads, and waiting for all of them, seconds. */
    HAND_OUT(Dimension.TIME),
    /** Attention over keys and values in fp16, FLOP per second. */
    ATTENTION(Dimension.COMPUTE_RATE),
    /** Products with weights of a type, weights per second. */
    PRODUCTS_F32(WeightType.F32),
    PRODUCTS_F16(WeightType.F16),
    PRODUCTS_Q8_0(WeightType.Q8_0),
    PRODUCTS_Q4_1(WeightType.Q4_1),
    PRODUCTS_Q4_0(WeightType.Q4_0),
    PRODUCTS_Q4_K(WeightType.Q4_K),
    PRODUCTS_Q6_K(WeightType.Q6_K);

    private final Dimension dimension;
    private final @Nullable WeightType weights;

    Kind(Dimension dimension) {
      this.dimension = dimension;
      this.weights = null;
    }

    Kind(WeightType weights) {
      this.dimension = Dimension.WEIGHT_RATE;
      this.weights = weights;
    }

    /** What its values are in. */
    public Dimension dimension() {
      return dimension;
    }

    /** The type of the weights that are multiplied; null for what is no product. */
    public @Nullable WeightType weights() {
      return weights;
    }
  }

  static Measured reads(int size, int lanes) {
    return new Measured(Kind.RANDOM_READS, size, lanes);
  }

  static Measured products(Kind kind, int length, int threads) {
    return new Measured(kind, length, threads);
  }

  static Measured of(Kind kind, int threads) {
    return new Measured(kind, 0, threads);
  }

  /** What repeats of something came to, as a source of a profile. */
  static String source(String what, Spread spread, Dimension dimension) {
    return String.format(
        Locale.ROOT,
        "%s, median of %d, %s to %s",
        what,
        spread.repeats(),
        Units.print(spread.low(), dimension),
        Units.print(spread.high(), dimension));
  }

  private String fetch() {
    return (threads == 1 ? "a fetch of 1 read of " : "a fetch of " + threads + " reads of ")
        + Units.print(size, Dimension.BYTES);
  }

  /** What is measured, for people. */
  public String text() {
    String by = threads == 1 ? " by 1 thread" : " by " + threads + " threads";
    return switch (kind) {
      case RANDOM_READS -> "random reads of " + Units.print(size, Dimension.BYTES) + by;
      case STREAM -> "a stream in reads of " + Units.print(size, Dimension.BYTES) + by;
      case MEMORY -> "memory read" + by;
      case HAND_OVER -> "a fetch handed to one of " + threads + " lanes and awaited";
      case FETCH -> fetch();
      case DELAY -> "products beside " + fetch();
      case FAULT -> "a fault of a mapped page beside a read of it" + by;
      case SCAN -> "a scan of " + Units.print(size, Dimension.BYTES) + " of a mapped file" + by;
      case HIT -> "a page in memory that is mapped" + by;
      case READ_AHEAD -> "read-ahead of the disk";
      case MULTIPLY_ADD -> "multiply-adds of one core";
      case SELECT -> "choosing a mask";
      case GATHER -> "a column of " + size + " weights that a mask selects" + by;
      case ATTENTION -> "attention over keys in f16" + by;
      case HAND_OUT -> "a product handed out to " + threads + " threads";
      case PRODUCTS_F32,
          PRODUCTS_F16,
          PRODUCTS_Q8_0,
          PRODUCTS_Q4_1,
          PRODUCTS_Q4_0,
          PRODUCTS_Q4_K,
          PRODUCTS_Q6_K ->
          "products with "
              + Objects.requireNonNull(kind.weights).label()
              + (size > ExecutionRates.LONGEST_ROW ? " in columns of " : " in rows and columns of ")
              + size
              + by;
    };
  }
}
