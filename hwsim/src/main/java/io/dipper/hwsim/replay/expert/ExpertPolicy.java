package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.mask.MaskPolicy;
import org.jspecify.annotations.Nullable;

/** A policy that chooses among a layer's experts by what its router says. */
public interface ExpertPolicy extends MaskPolicy {
  /** A selector for one layer, with state of its own where it needs any. */
  ExpertSelector experts(int layer);

  /** The mask over the units of each chosen expert; null where experts are whole. */
  default @Nullable MaskInside inside() {
    return null;
  }
}
