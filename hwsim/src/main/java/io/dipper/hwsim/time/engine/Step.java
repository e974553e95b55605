package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.memory.KvSpan;

/**
 * A part of a token that is computed in one go, of the same kind in every layer: what it reads and
 * costs before it is known which units are selected and cached.
 *
 * @param residentBytes read from DRAM for every token, the KV cache left out
 * @param kv what the positions of the KV cache cost
 * @param streamedBytes static weights that do not fit and are read from Flash for every token
 * @param flops arithmetic on static weights, for one token
 * @param rates how fast that arithmetic, and the units', is
 * @param overheadSeconds launches and synchronisation
 * @param units what a selected unit costs; {@link UnitCosts#NONE} where no mask is involved
 */
record Step(
    StepKind kind,
    double residentBytes,
    KvCosts kv,
    double streamedBytes,
    double flops,
    StepRates rates,
    double overheadSeconds,
    UnitCosts units) {

  /** A step on static weights alone. */
  static Step fixed(
      StepKind kind, double bytes, KvCosts kv, double flops, StepRates rates, double overhead) {
    return new Step(kind, bytes, kv, 0, flops, rates, overhead, UnitCosts.NONE);
  }

  /** A step on the units that a mask selects. */
  static Step masked(UnitCosts units, StepRates rates, double overhead) {
    return new Step(StepKind.MASKED_MLP, 0, KvCosts.NONE, 0, 0, rates, overhead, units);
  }

  boolean isMasked() {
    return units.group() >= 0;
  }

  /** Whether what the step fetches does not depend on the token's scores. */
  boolean isKnownAhead() {
    return !isMasked() || units.full();
  }

  /** The static bytes that are read with a KV cache of some length. */
  double staticBytes(double positions) {
    return residentBytes + Math.min(positions, kv.window()) * kv.bytes();
  }

  /** Their mean over a sequence. */
  double staticBytes(KvSpan span) {
    return residentBytes + span.mean(kv.window()) * kv.bytes();
  }

  /** This step with a full mask. */
  Step dense() {
    return isMasked() ? masked(units.dense(), rates, overheadSeconds) : this;
  }

  /** This step, with a share of the static weights that do not fit. */
  Step streaming(double bytes) {
    return new Step(kind, residentBytes, kv, bytes, flops, rates, overheadSeconds, units);
  }
}
