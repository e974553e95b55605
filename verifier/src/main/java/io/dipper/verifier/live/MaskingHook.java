package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Workers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A masking policy at work in the model: masks are chosen by the live activations, with the cache
 * carried from token to token, and what they leave out is set to zero before the block goes on. So
 * zeroes in x reach {@code W_up} and {@code W_gate}, and a zero at gate, up or glu keeps its GLU
 * unit out of {@code W_down}.
 *
 * <p>Policies whose masks do not depend on the cache may be run with many caches at once. Beside a
 * recording of the dense run over the same tokens, every mask is compared with that of its replay.
 */
public final class MaskingHook implements MlpHook {
  private final ModelShape shape;
  private final MaskedUnits[][] unitsByLayerAndGroup;
  private final Map<Site, Integer> groupBySite = new EnumMap<>(Site.class);
  private final LiveActivations made;
  private final List<Demand> demands;
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
    if (points.stream().anyMatch(p -> !p.masks().equals(points.get(0).masks()))) {
      throw new IllegalArgumentException("these points do not share their masks");
    }
    this.shape = shape;
    this.lengths = lengths.clone();
    this.firstRows = new int[lengths.length];
    for (int s = 1; s < lengths.length; s++) {
      firstRows[s] = firstRows[s - 1] + lengths[s - 1];
    }
    this.workers = workers;
    List<UnitGroup> groups = points.get(0).policy().groups();
    LiveMasks.check(points.get(0).policy());
    this.made = new LiveActivations(groups, shape);
    int layers = shape.getLayers();
    this.demands =
        points.stream().map(p -> new Demand(groups, layers, lengths, p.fetch())).toList();
    this.unitsByLayerAndGroup = new MaskedUnits[layers][groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      groupBySite.put(groups.get(g).valueSite(), g);
      GroupMasks masks = new GroupMasks(groups.get(g).units(), IntStream.of(lengths).sum());
      for (int layer = 0; layer < layers; layer++) {
        Place place = new Place(layer, layers, g);
        unitsByLayerAndGroup[layer][g] =
            new MaskedUnits(points, demands, shape, place, masks, dense);
      }
    }
  }

  @Override
  public void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
    int row = firstRows[sequence] + firstPosition;
    LiveChunk chunk = new LiveChunk(sequence, lengths[sequence], row, firstPosition, rows);
    made.take(site, layer, chunk, values);
    Integer group = groupBySite.get(site);
    if (group != null) {
      unitsByLayerAndGroup[layer][group].apply(chunk, made, values, workers);
    }
    if (site == Site.GLU && layer == shape.getLayers() - 1 && chunk.last()) {
      made.release(sequence);
    }
  }

  @Override
  public boolean sees(Site site) {
    return site == Site.GLU || groupBySite.containsKey(site) || made.keeps(site);
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
      sum += layer[group].overlap().sum();
      masks += layer[group].overlap().masks();
    }
    return sum / masks;
  }
}
