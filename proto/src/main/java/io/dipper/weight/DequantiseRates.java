package io.dipper.weight;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.proto.Dequantise;
import io.dipper.proto.Quantity;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a processor takes to bring a weight from the type that it is stored in to the one that
 * it computes with. Known for some types; weights of other bits take what lies between their
 * neighbours', in proportion, which is exact for a mixture of these two; beyond the widest and the
 * narrowest type it is that type's time.
 */
public final class DequantiseRates {
  private final double[] bits;
  private final double[] seconds;

  private DequantiseRates(TreeMap<Double, Double> secondsByBits) {
    this.bits = secondsByBits.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    this.seconds = secondsByBits.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The rates of a profile, whose types all differ in their bits. */
  public static DequantiseRates of(Dequantise rates) {
    TreeMap<Double, Double> seconds = new TreeMap<>();
    for (Map.Entry<FieldDescriptor, Object> rate : rates.getAllFields().entrySet()) {
      WeightType type = WeightType.valueOf(rate.getKey().getName().toUpperCase(Locale.ROOT));
      seconds.put(type.bits(), 1 / ((Quantity) rate.getValue()).getValue());
    }
    return new DequantiseRates(seconds);
  }

  /** The seconds of a weight of so many bits, scales included; 0 where no rate limits it. */
  public double secondsPerWeight(double weightBits) {
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
