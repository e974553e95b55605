package io.dipper.tracegen.format;

/**
 * How a rotary position embedding is stretched beyond the context that it was first trained for.
 */
public sealed interface RopeScaling {

  /**
   * The scaled frequency of a pair of entries.
   *
   * @param frequency the unscaled one, in radians per token
   * @param pair its number, from 0
   * @param tokens length of the whole sequence; {@link LongRope} and {@link Dynamic} depend on it
   */
  double scaled(double frequency, int pair, Rope rope, int tokens);

  /** Factor on cos and sin. */
  default double amplitude() {
    return 1;
  }

  /** A number that two sequence lengths share if their frequencies are equal. */
  default int regime(int tokens) {
    return 0;
  }

  record None() implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      return frequency;
    }
  }

  /** Positions divided by a factor. */
  record Linear(double factor) implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      return frequency / factor;
    }
  }

  /**
   * Llama 3.1's: long wavelengths stretched by the factor, short ones kept, those between blended.
   */
  record Llama3(
      double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext)
      implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      double turns = originalContext * frequency / (2 * Math.PI);
      double range = highFrequencyFactor - lowFrequencyFactor;
      double kept = Math.min(1, Math.max(0, (turns - lowFrequencyFactor) / range));
      return (1 - kept) * frequency / factor + kept * frequency;
    }
  }

  /** Frequencies divided one by one (dimensions/2 divisors), cos and sin times a factor. */
  record PerFrequency(double[] divisors, double amplitude) implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      return frequency / divisors[pair];
    }
  }

  /**
   * Phi-3's LongRoPE (arXiv 2402.13753): one set of divisors up to the original context, another
   * beyond it.
   */
  record LongRope(
      double[] shortDivisors, double[] longDivisors, int originalContext, double amplitude)
      implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      return frequency / divisors(tokens)[pair];
    }

    /** The divisors for a sequence of so many tokens. */
    public double[] divisors(int tokens) {
      return tokens > originalContext ? longDivisors : shortDivisors;
    }

    @Override
    public int regime(int tokens) {
      return tokens > originalContext ? 1 : 0;
    }
  }

  /**
   * Dynamic NTK scaling: beyond the original context the base grows with the sequence, so that the
   * longest wavelength stretches with it and the shortest stays.
   */
  record Dynamic(double factor, int originalContext) implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      int d = rope.dimensions();
      double stretch = factor * regime(tokens) / originalContext - (factor - 1);
      return frequency * Math.pow(stretch, -2.0 * pair / (d - 2));
    }

    @Override
    public int regime(int tokens) {
      return Math.max(tokens, originalContext);
    }
  }

  /**
   * YaRN (Peng et al., arXiv 2309.00071): pairs that turn often within the original context keep
   * their frequency, those that turn less than once are stretched, with a ramp between.
   *
   * @param factor by which the stretched ones are
   * @param amplitude factor on cos and sin; {@link #amplitude(double, double)} is the paper's
   */
  record Yarn(double factor, int originalContext, Ramp ramp, double amplitude)
      implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      double kept = ramp.kept(pair, rope, originalContext);
      return (1 - kept) * frequency / factor + kept * frequency;
    }

    /** {@code 1 + 0.1 m ln(factor)}; the paper's m is 1. */
    public static double amplitude(double factor, double m) {
      return factor <= 1 ? 1 : 1 + 0.1 * m * Math.log(factor);
    }
  }

  /**
   * Where YaRN's ramp begins and ends.
   *
   * @param betaFast turns within the original context from which on a pair is kept, usually 32
   * @param betaSlow turns up to which it is stretched, usually 1
   * @param truncate whether the ends of the ramp are rounded outwards to whole pairs
   * @param weight of the kept frequency in a kept pair, usually 1
   */
  record Ramp(double betaFast, double betaSlow, boolean truncate, double weight) {
    double kept(int pair, Rope rope, int originalContext) {
      double low = pairOf(betaFast, rope, originalContext);
      double high = pairOf(betaSlow, rope, originalContext);
      if (truncate) {
        low = Math.floor(low);
        high = Math.ceil(high);
      }
      low = Math.max(low, 0);
      high = Math.min(high, rope.dimensions() - 1);
      double length = high == low ? 0.001 : high - low;
      double stretched = Math.min(1, Math.max(0, (pair - low) / length));
      return weight * (1 - stretched);
    }

    /** The number, a fraction, of the pair that turns so often within the original context. */
    private static double pairOf(double turns, Rope rope, int originalContext) {
      return rope.dimensions()
          * Math.log(originalContext / (turns * 2 * Math.PI))
          / (2 * Math.log(rope.theta()));
    }
  }

  /** Two scalings, one after the other, as of a file that has divisors and a scaling by name. */
  record Both(RopeScaling first, RopeScaling second) implements RopeScaling {
    @Override
    public double scaled(double frequency, int pair, Rope rope, int tokens) {
      return second.scaled(first.scaled(frequency, pair, rope, tokens), pair, rope, tokens);
    }

    @Override
    public double amplitude() {
      return first.amplitude() * second.amplitude();
    }

    @Override
    public int regime(int tokens) {
      return 31 * first.regime(tokens) + second.regime(tokens);
    }
  }
}
