package io.dipper.hwsim.time.memory;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.proto.Capacity;
import io.dipper.proto.PointConfig;
import java.math.BigDecimal;

/** Memory limits as users write and read them. */
public final class Capacities {
  private Capacities() {}

  /**
   * A DRAM limit: {@code 50%} or {@code 0.5} of the bytes of weights and KV cache at the block
   * length, or {@code 3.5 GB}.
   *
   * @throws UserException without a place, if it is neither or not positive
   */
  public static Capacity dram(String text) {
    boolean fraction =
        Units.number(text.strip()).filter(n -> n.compareTo(BigDecimal.ONE) <= 0).isPresent();
    boolean share = fraction || text.strip().endsWith("%");
    double value = Units.parse(text, share ? Dimension.NUMBER : Dimension.BYTES);
    if (value <= 0) {
      throw new UserException("'" + text + "' is no DRAM limit; write e.g. 50% or 3.5 GB");
    }
    return share
        ? Capacity.newBuilder().setDramFraction(value).build()
        : Capacity.newBuilder().setDramBytes(value).build();
  }

  /** A share of each site's columns, with no DRAM limit. */
  public static Capacity cacheFraction(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new UserException("cache fraction " + share + " is not between 0 and 1");
    }
    return Capacity.newBuilder().setCacheFraction(share).build();
  }

  /**
   * The bytes that the experts of all layers may take: {@code 4000 MiB}.
   *
   * @throws UserException without a place, if it is no positive size
   */
  public static Capacity cacheBytes(String text) {
    double bytes = Units.parse(text, Dimension.BYTES);
    if (bytes < 1) {
      throw new UserException("'" + text + "' is no cache size; write e.g. 4000 MiB");
    }
    return Capacity.newBuilder().setCacheBytes(Math.floor(bytes)).build();
  }

  /** What {@link #dram} reads, or the number that {@link #cacheFraction} takes. */
  public static String print(Capacity capacity) {
    return switch (capacity.getFormCase()) {
      case DRAM_BYTES -> Units.print(capacity.getDramBytes(), Dimension.BYTES);
      case DRAM_FRACTION -> percent(capacity.getDramFraction());
      case CACHE_FRACTION -> Units.print(capacity.getCacheFraction(), Dimension.NUMBER);
      case CACHE_BYTES -> Units.print(capacity.getCacheBytes(), Dimension.BYTES);
      case FORM_NOT_SET -> "unlimited";
    };
  }

  /**
   * A point's limit in words: {@code 50% of weights and KV cache at 2048 tokens}, {@code 3.5 GB},
   * {@code 40% of the columns}.
   */
  public static String describe(PointConfig config) {
    Capacity capacity = config.getCapacity();
    return switch (capacity.getFormCase()) {
      case DRAM_FRACTION ->
          print(capacity) + " of weights and KV cache at " + config.getBlockLength() + " tokens";
      case CACHE_FRACTION -> percent(capacity.getCacheFraction()) + " of the columns";
      case CACHE_BYTES -> print(capacity) + " of experts";
      case DRAM_BYTES, FORM_NOT_SET -> print(capacity);
    };
  }

  private static String percent(double share) {
    return Units.print(share, Dimension.NUMBER).equals("0")
        ? "0%"
        : new BigDecimal(Units.print(share, Dimension.NUMBER))
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString()
            + "%";
  }
}
