package io.dipper.weight;

import com.google.protobuf.Message;
import io.dipper.proto.Dequantise;
import io.dipper.proto.Quantity;
import io.dipper.proto.VectorTimes;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A time that differs by the type of weights. Known for some types; weights of other bits take what
 * lies between their neighbours', in proportion, which is exact for a mixture of these two; beyond
 * the widest and the narrowest type it is that type's time. Of types of the same bits the first
 * counts, in the order of {@link WeightType}.
 */
public final class SecondsByType {
  private final double[] bits;
  private final double[] seconds;

  private SecondsByType(TreeMap<Double, Double> secondsByBits) {
    this.bits = secondsByBits.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    this.seconds = secondsByBits.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * What a processor takes to bring a weight to the type that it computes with, from the rates of a
   * profile.
   */
  public static SecondsByType of(Dequantise rates) {
    return of(rates, rate -> 1 / rate);
  }

  /** What a processor takes for each row or column of weights. */
  public static SecondsByType of(VectorTimes times) {
    return of(times, seconds -> seconds);
  }

  /**
   * @param values a quantity for each type, by its label
   */
  private static SecondsByType of(Message values, DoubleUnaryOperator toSeconds) {
    TreeMap<WeightType, Double> byType = new TreeMap<>();
    values
        .getAllFields()
        .forEach(
            (field, value) ->
                byType.put(
                    WeightType.valueOf(field.getName().toUpperCase(Locale.ROOT)),
                    toSeconds.applyAsDouble(((Quantity) value).getValue())));
    TreeMap<Double, Double> seconds = new TreeMap<>();
    byType.forEach((type, each) -> seconds.putIfAbsent(type.bits(), each));
    return new SecondsByType(seconds);
  }

  /** The seconds of weights of so many bits each, scales included; 0 where nothing is given. */
  public double seconds(double weightBits) {
    int above = 0;
    while (above < bits.length && bits[above] < weightBits) {
      above++;
    }
    if (bits.length == 0) {
      return 0;
    }
    if (above == 0 || above == bits.length) {
      return seconds[Math.min(above, bits.length - 1)];
    }
    double share = (weightBits - bits[above - 1]) / (bits[above] - bits[above - 1]);
    return (1 - share) * seconds[above - 1] + share * seconds[above];
  }
}
