package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayMasks;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.UnitHook;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.tracegen.runtime.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer and group of a live run: selects and applies the masks, plays every cache with them,
 * and compares them with the masks of the replay.
 */
final class MaskedUnits {
  private final UnitHook selecting;
  private final @Nullable Demand selectingDemand;
  private final List<CacheLane> lanes = new ArrayList<>();
  private final @Nullable ReplayMasks replay;
  private final int layer;
  private final int group;
  private double jaccardSum;
  private long comparedMasks;

  /**
   * @param demands receive the counts, one for each point
   */
  MaskedUnits(
      List<ReplayPoint> points,
      List<Demand> demands,
      ModelShape shape,
      int layer,
      int group,
      @Nullable Recording dense) {
    this.layer = layer;
    this.group = group;
    ReplayPoint masks = points.get(0).maskSource();
    this.selecting = UnitHook.create(masks, shape, layer, group);
    this.replay = dense == null ? null : new ReplayMasks(dense, masks, layer, group);
    boolean selectingIsFirst = masks.policy().has(Trait.LOOKS_AT_CACHE);
    this.selectingDemand = selectingIsFirst ? demands.get(0) : null;
    for (int p = selectingIsFirst ? 1 : 0; p < points.size(); p++) {
      lanes.add(new CacheLane(points.get(p), demands.get(p), shape, layer, group));
    }
  }

  /**
   * Masks a chunk of tokens.
   *
   * @param sequenceRow the row of the sequence's first token, over all sequences
   * @param last whether the sequence ends with this chunk
   * @param values row-major activations at the group's site; unselected ones become 0
   */
  void apply(
      int sequenceRow,
      int firstPosition,
      int rows,
      boolean last,
      float[] values,
      MaskBlock block,
      Workers workers) {
    block.begin(rows);
    workers.run(
        replay == null ? 1 : 2,
        (task, worker) -> {
          if (task == 0) {
            select(sequenceRow, firstPosition, rows, values, block);
          } else {
            replay(rows, block);
          }
        });
    workers.run(
        lanes.size(),
        (lane, worker) ->
            lanes.get(lane).play(sequenceRow, firstPosition, rows, last, values, block));
    if (replay != null) {
      compare(rows, block);
    }
  }

  private void select(
      int sequenceRow, int firstPosition, int rows, float[] values, MaskBlock block) {
    if (firstPosition == 0) {
      selecting.begin();
    }
    float[] scores = new float[block.units()];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(values, r * scores.length, scores, 0, scores.length);
      selecting.expect(block.before(r));
      UnitSet mask = selecting.step(scores, firstPosition + r);
      block.live(r).copyFrom(mask);
      zeroUnselected(mask, values, r * scores.length);
      if (selectingDemand != null) {
        selecting.record(selectingDemand, group, layer, sequenceRow + firstPosition + r);
      }
    }
  }

  private static void zeroUnselected(UnitSet mask, float[] values, int offset) {
    long[] words = mask.words();
    for (int w = 0; w < words.length; w++) {
      long word = words[w];
      if (word != -1L) {
        int end = Math.min((w << 6) + 64, mask.size());
        for (int i = w << 6; i < end; i++) {
          values[offset + i] = (word >>> i & 1) != 0 ? values[offset + i] : 0;
        }
      }
    }
  }

  private void replay(int rows, MaskBlock block) {
    for (int r = 0; r < rows && replay != null; r++) {
      block.replayed(r).copyFrom(replay.next());
    }
  }

  private void compare(int rows, MaskBlock block) {
    for (int r = 0; r < rows; r++) {
      jaccardSum += block.jaccard(r);
    }
    comparedMasks += rows;
  }

  double jaccardSum() {
    return jaccardSum;
  }

  long comparedMasks() {
    return comparedMasks;
  }
}
