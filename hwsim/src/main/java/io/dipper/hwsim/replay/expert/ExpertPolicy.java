package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.mask.MaskPolicy;

/** A policy that chooses among a layer's experts by what its router says. */
public interface ExpertPolicy extends MaskPolicy {
  /** A selector for one layer, with state of its own where it needs any. */
  ExpertSelector experts(int layer);
}
