package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.RecordedUses;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.UnitHook;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overflow;
import io.dipper.registry.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one layer and group that follows masks which do not depend on it, or depend on one
 * that goes the same way. One that must see the future is played once the sequence is over: a live
 * run knows no masks beforehand.
 */
final class CacheLane {
  private final UnitHook hook;
  private final Demand demand;
  private final int layer;
  private final int group;
  private final float[] scores;
  private final @Nullable RecordedUses future;
  private final List<UnitSet> held = new ArrayList<>();
  private final List<UnitSet> heldBefore = new ArrayList<>();

  /**
   * @throws UserException if the cache must see the future and also the scores
   */
  CacheLane(ReplayPoint point, Demand demand, ModelShape shape, int layer, int group) {
    this.demand = demand;
    this.layer = layer;
    this.group = group;
    int units = demand.groups().get(group).units();
    this.scores = new float[units];
    boolean seesTheFuture = Caches.has(point.cache(), Trait.SEES_FUTURE);
    if (seesTheFuture && point.cache().getOverflow() == Overflow.BY_SCORE) {
      throw new UserException(
          "cache "
              + point.cache().getPolicy()
              + ": overflow by-score cannot be verified live; use lowest-index");
    }
    int longest = Arrays.stream(demand.sequenceLengths()).max().orElse(0);
    this.future = seesTheFuture ? new RecordedUses(units, longest) : null;
    this.hook = UnitHook.create(point, shape, layer, group, future);
  }

  /**
   * Follows the masks of a chunk.
   *
   * @param sequenceRow the row of the sequence's first token, over all sequences
   * @param last whether the sequence ends with this chunk
   * @param values the masked activations: of selected units, the scores
   */
  void play(
      int sequenceRow, int firstPosition, int rows, boolean last, float[] values, MaskBlock block) {
    if (future != null) {
      hold(future, firstPosition, rows, block);
      if (last) {
        playHeld(sequenceRow);
      }
      return;
    }
    if (firstPosition == 0) {
      hook.begin();
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(values, r * scores.length, scores, 0, scores.length);
      hook.expect(block.before(r));
      step(block.live(r), sequenceRow + firstPosition + r);
    }
  }

  private void hold(RecordedUses uses, int firstPosition, int rows, MaskBlock block) {
    if (firstPosition == 0) {
      uses.clear();
      held.clear();
      heldBefore.clear();
    }
    for (int r = 0; r < rows; r++) {
      UnitSet copy = copy(block.live(r));
      held.add(copy);
      if (hook.guesses()) {
        heldBefore.add(copy(block.before(r)));
      }
      uses.append(copy);
    }
  }

  private void playHeld(int sequenceRow) {
    hook.begin();
    for (int t = 0; t < held.size(); t++) {
      if (hook.guesses()) {
        hook.expect(heldBefore.get(t));
      }
      step(held.get(t), sequenceRow + t);
    }
    held.clear();
    heldBefore.clear();
  }

  private static UnitSet copy(UnitSet mask) {
    UnitSet copy = new UnitSet(mask.size());
    copy.copyFrom(mask);
    return copy;
  }

  private void step(UnitSet mask, int row) {
    hook.play(mask, scores);
    hook.record(demand, group, layer, row);
  }
}
