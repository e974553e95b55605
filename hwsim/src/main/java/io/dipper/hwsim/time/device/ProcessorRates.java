package io.dipper.hwsim.time.device;

import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;

/**
 * What a processor takes beyond reading its operands: arithmetic at a share of the peak, and costs
 * of the host. Absent numbers cost nothing.
 *
 * @param int4SecondsPerFlop 1 / (peak · efficiency) of weights of up to 4 bits and their scales
 * @param int8SecondsPerFlop of weights of up to 8 bits and their scales
 * @param fp16SecondsPerFlop of all others
 * @param attentionSecondsPerFlop of attention over the KV cache; 0 where the cache's bits say it
 * @param expertSecondsPerByte of a token on each byte of an expert; 0 where FLOP alone count
 * @param weights what they take to be brought to the type that is computed with
 * @param host what is not arithmetic
 */
public record ProcessorRates(
    double int4SecondsPerFlop,
    double int8SecondsPerFlop,
    double fp16SecondsPerFlop,
    double attentionSecondsPerFlop,
    double expertSecondsPerByte,
    WeightTimes weights,
    HostCosts host) {
  /** Scales make 4-bit weights up to 4.5 bits wide or 5 with minima, 8-bit ones 8.5. */
  private static final double WIDEST_INT4 = 5;

  private static final double WIDEST_INT8 = 9;

  /** The rates of a profile's processor; one that it lacks is the next wider one's. */
  public static ProcessorRates of(Processor processor) {
    if (processor.getBackendsCount() > 0) {
      throw new IllegalArgumentException("no backend was chosen");
    }
    Quantity fp16 = processor.hasPeakFp16() ? processor.getPeakFp16() : processor.getPeak();
    Quantity int8 = processor.hasPeakInt8() ? processor.getPeakInt8() : fp16;
    Quantity int4 = processor.hasPeakInt4() ? processor.getPeakInt4() : int8;
    double efficiency = processor.hasEfficiency() ? processor.getEfficiency().getValue() : 1;
    return new ProcessorRates(
        secondsPerFlop(int4, efficiency),
        secondsPerFlop(int8, efficiency),
        secondsPerFlop(fp16, efficiency),
        secondsPerFlop(processor.getPeakAttention(), efficiency),
        processor.getExpertArithmetic().getValue(),
        WeightTimes.of(processor),
        HostCosts.of(processor));
  }

  /** The time of a FLOP on operands of some bits each, scales included. */
  public double secondsPerFlop(double bits) {
    if (bits <= WIDEST_INT4) {
      return int4SecondsPerFlop;
    }
    return bits < WIDEST_INT8 ? int8SecondsPerFlop : fp16SecondsPerFlop;
  }

  /** The time of a FLOP of attention over a KV cache of some bits a number. */
  public double secondsPerKvFlop(double bits) {
    return attentionSecondsPerFlop > 0 ? attentionSecondsPerFlop : secondsPerFlop(bits);
  }

  /** The time of a FLOP on the weights of an expert of some bits each, two for a weight. */
  public double secondsPerExpertFlop(double bits) {
    return Math.max(secondsPerFlop(bits), expertSecondsPerByte * bits / 8 / 2);
  }

  private static double secondsPerFlop(Quantity peak, double efficiency) {
    return peak.getValue() == 0 ? 0 : 1 / (peak.getValue() * efficiency);
  }
}
