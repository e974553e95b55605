package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Workers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A masking policy at work in the model: masks are computed from the live activations, with the
 * cache carried from token to token, and what they leave out is set to zero before the block goes
 * on. So zeroes in x reach {@code W_up} and {@code W_gate}, and a zero at gate, up or glu keeps its
 * GLU unit out of {@code W_down}.
 *
 * <p>Policies whose masks do not depend on the cache may be run with many caches at once. Beside a
 * recording of the dense run over the same tokens, every mask is compared with that of its replay.
 */
public final class MaskingHook implements MlpHook {
  private final MaskedUnits[][] unitsByLayerAndGroup;
  private final Map<Site, Integer> groupBySite = new EnumMap<>(Site.class);
  private final List<Demand> demands;
  private final MaskBlock[] blocks;
  private final int[] lengths;
  private final int[] firstRows;
  private final Workers workers;

  /**
   * @param points one policy, the same object in all, with the caches to play; where the masks
   *     depend on the cache, the same cache in all, and only fetches that differ
   * @param lengths tokens of each sequence that will be run
   * @param dense the dense run over the same sequences, to compare masks with; null for none
   * @param workers that may be used during a call
   * @throws UserException if the policy's masks cannot be applied to activations
   */
  public MaskingHook(
      List<ReplayPoint> points,
      ModelShape shape,
      int[] lengths,
      @Nullable Recording dense,
      Workers workers) {
    MaskPolicy policy = points.get(0).policy();
    if (points.stream().anyMatch(p -> !p.masks().equals(points.get(0).masks()))) {
      throw new IllegalArgumentException("these points do not share their masks");
    }
    this.lengths = lengths.clone();
    this.firstRows = new int[lengths.length];
    for (int s = 1; s < lengths.length; s++) {
      firstRows[s] = firstRows[s - 1] + lengths[s - 1];
    }
    this.workers = workers;
    List<UnitGroup> groups = policy.groups();
    this.demands =
        points.stream()
            .map(p -> new Demand(groups, shape.getLayers(), lengths, p.fetch().extraCounts()))
            .toList();
    this.blocks = new MaskBlock[groups.size()];
    this.unitsByLayerAndGroup = new MaskedUnits[shape.getLayers()][groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      checkAppliesToActivations(policy, groups.get(g));
      groupBySite.put(groups.get(g).scored().site(), g);
      blocks[g] = new MaskBlock(groups.get(g).units());
      for (int layer = 0; layer < shape.getLayers(); layer++) {
        unitsByLayerAndGroup[layer][g] = new MaskedUnits(points, demands, shape, layer, g, dense);
      }
    }
  }

  /** A mask on x reaches both matrices that read x, and a site can only be masked once. */
  private void checkAppliesToActivations(MaskPolicy policy, UnitGroup group) {
    if (!group.scoresItself()) {
      throw new UserException(
          "policy "
              + policy.spec().getName()
              + ": predicts units from another signal than their own, and cannot be run live");
    }
    Site site = group.scored().site();
    boolean part =
        site == group.space().activation() && !group.covers().containsAll(group.space().readers());
    if (part || groupBySite.containsKey(site)) {
      throw new UserException(
          "policy "
              + policy.spec().getName()
              + ": has different masks for matrices that read the same activation,"
              + " and cannot be run live");
    }
  }

  @Override
  public void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
    Integer group = groupBySite.get(site);
    if (group != null) {
      boolean last = firstPosition + rows == lengths[sequence];
      unitsByLayerAndGroup[layer][group].apply(
          firstRows[sequence], firstPosition, rows, last, values, blocks[group], workers);
    }
  }

  /** What was selected and hit with the cache of a point. */
  public Demand demand(int point) {
    return demands.get(point);
  }

  /**
   * The mean Jaccard similarity of a group's masks with those of the replay, over layers and
   * tokens; NaN where there was no dense run to compare with.
   */
  public double jaccard(int group) {
    double sum = 0;
    long masks = 0;
    for (MaskedUnits[] layer : unitsByLayerAndGroup) {
      sum += layer[group].jaccardSum();
      masks += layer[group].comparedMasks();
    }
    return sum / masks;
  }
}
