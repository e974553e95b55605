package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.time.memory.KvSpan;

/**
 * A part of a token that is computed in one go, of one kind in every layer: what it reads and
 * computes before it is known which units are selected and cached.
 *
 * @param weights static weights, which every token takes
 * @param kv what the positions of the KV cache take
 * @param streamedBytes what of the static bytes does not fit and is read from Flash for every token
 * @param faultedBytes what of the static weights is dropped and faults for every token
 * @param kernels that are launched
 * @param units among which a mask selects; {@link StepUnits#NONE} where none is involved
 */
public record Step(
    StepKind kind,
    Weights weights,
    KvCosts kv,
    double streamedBytes,
    double faultedBytes,
    Kernels kernels,
    StepUnits units) {

  /** A step on static weights alone. */
  static Step fixed(StepKind kind, Weights weights, KvCosts kv, Kernels kernels) {
    return new Step(kind, weights, kv, 0, 0, kernels, StepUnits.NONE);
  }

  /** A step on the units that a mask selects. */
  public static Step masked(StepUnits units, Kernels kernels) {
    Weights none = Weights.none(units.each().bits());
    return new Step(StepKind.MASKED_MLP, none, KvCosts.NONE, 0, 0, kernels, units);
  }

  public boolean isMasked() {
    return units.group() >= 0;
  }

  /** Whether the processor waits for pages of static weights. */
  public boolean faults() {
    return faultedBytes > 0;
  }

  /** Whether what the step fetches can be read before it begins, whatever the token's scores. */
  public boolean isKnownAhead() {
    return !faults() && (!isMasked() || units.full());
  }

  /** The static bytes that are read with a KV cache of some length. */
  public double staticBytes(double positions) {
    return weights.bytes() + Math.min(positions, kv.window()) * kv.bytes();
  }

  /** Their mean over a sequence. */
  double staticBytes(KvSpan span) {
    return weights.bytes() + span.mean(kv.window()) * kv.bytes();
  }

  /** This step with a full mask. */
  Step dense() {
    return isMasked() ? masked(units.dense(), kernels) : this;
  }

  /** This step, in which a token computes a share of the selected units. */
  Step computing(double share) {
    return isMasked() ? masked(units.computing(share), kernels) : this;
  }

  /** This step, with a share of the static weights that do not fit. */
  Step streaming(double bytes) {
    return new Step(kind, weights, kv, bytes, faultedBytes, kernels, units);
  }

  /** This step, with a share of the static weights that have been dropped. */
  Step faulting(double bytes) {
    return new Step(kind, weights, kv, streamedBytes, bytes, kernels, units);
  }
}
