package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.file.GroupStore.MatrixPart;
import io.dipper.hwsim.machine.DirectContent;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.weight.WeightType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a file holds for a live execution: the units of a model, where the point's layout has them.
 * Filled from its beginning to its end, it decodes each matrix once.
 */
final class ModelUnits implements DirectContent {
  private final LiveModel model;
  private final WeightSections sections;
  private final WeightMap map;
  private final FetchRules fetch;
  private final WeightType type;
  private final int layers;
  private int madeLayer = -1;
  private int madeGroup = -1;
  private byte[] made = {};

  ModelUnits(
      LiveModel model,
      WeightSections sections,
      WeightNeeds needs,
      FetchRules fetch,
      WeightType type) {
    this.model = model;
    this.sections = sections;
    this.map = new WeightMap(needs, sections);
    this.fetch = fetch;
    this.type = type;
    this.layers = needs.units().size() / needs.stores().size();
  }

  @Override
  public long bytes() {
    return sections.bytes();
  }

  @Override
  public long mark() {
    return sections.mark();
  }

  @Override
  public String task() {
    return sections.task();
  }

  @Override
  public void fill(long at, ByteBuffer chunk) {
    long stop = at + chunk.remaining();
    int start = chunk.position();
    chunk.put(new byte[chunk.remaining()]);
    for (int layer = 0; layer < layers; layer++) {
      for (int group = 0; group < map.stores().size(); group++) {
        long begin = map.units(layer, group);
        long from = Math.max(at, begin);
        long to = Math.min(stop, begin + map.stores().get(group).bytes());
        if (from < to) {
          byte[] region = region(layer, group);
          chunk.position(start + (int) (from - at));
          chunk.put(region, (int) (from - begin), (int) (to - from));
        }
      }
    }
  }

  private byte[] region(int layer, int group) {
    if (layer != madeLayer || group != madeGroup) {
      madeLayer = layer;
      madeGroup = group;
      made = make(layer, map.stores().get(group));
    }
    return made;
  }

  private byte[] make(int layer, GroupStore store) {
    byte[] region = new byte[Math.toIntExact(store.bytes())];
    byte[] unit = new byte[store.unitBytes()];
    UnitRuns places =
        new UnitRuns(store, 0, map.page(), fetch.places().of(layer, store.group()), 0);
    List<float[]> matrices =
        store.parts().stream().map(part -> model.weights(layer, part.matrix())).toList();
    for (int place = 0; place < places.places(); place++) {
      Arrays.fill(unit, (byte) 0);
      for (int p = 0; p < matrices.size(); p++) {
        MatrixPart part = store.parts().get(p);
        float[] weights = of(part, matrices.get(p), places.unitAt(place), store.units());
        model.encode(type, weights, unit, part.at());
      }
      for (int s = 0; s < store.stretches(); s++) {
        System.arraycopy(
            unit,
            s * store.partBytes(),
            region,
            (int) (places.stretch(s) + (long) place * store.partBytes()),
            store.partBytes());
      }
    }
    return region;
  }

  /** The unit's column or row of a matrix. */
  private static float[] of(MatrixPart part, float[] matrix, int unit, int units) {
    float[] weights = new float[part.weights()];
    if (part.column()) {
      for (int row = 0; row < weights.length; row++) {
        weights[row] = matrix[row * units + unit];
      }
    } else {
      System.arraycopy(matrix, unit * weights.length, weights, 0, weights.length);
    }
    return weights;
  }
}
