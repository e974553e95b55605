package io.dipper.hwsim.time.memory;

import io.dipper.hwsim.replay.demand.MaskLoop;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import java.util.List;

/** Which masks are full whatever the scores, so that what they miss is known ahead. */
final class FullMasks {
  private FullMasks() {}

  /**
   * Whether every layer selects all units of a group even where all signals are 0, in a token that
   * is no part of a dense prompt.
   */
  static boolean isFull(MaskPolicy policy, UnitGroup group, ModelShape shape) {
    int units = group.units();
    Signals zeroes = Signals.zeroes(group.signals(), shape);
    CacheView empty = new Empty(new UnitSet(units), new int[units]);
    int prompt = policy.has(Trait.LOOKS_AT_PROMPT) ? Policies.densePrompt(policy.spec()) : 0;
    int tokens = prompt > 0 ? 2 : 1; // the first of the prompt, then the first of the answer
    int[] selected = {units};
    for (int layer = 0; layer < shape.getLayers() && selected[0] == units; layer++) {
      new MaskLoop(
              policy.selector(layer, group),
              empty,
              List.of((row, mask, signals) -> selected[0] = mask.cardinality()))
          .play(r -> zeroes.at(r * prompt), /* row= */ 0, tokens);
    }
    return selected[0] == units;
  }

  private record Empty(UnitSet cached, int[] useCounts) implements CacheView {}
}
