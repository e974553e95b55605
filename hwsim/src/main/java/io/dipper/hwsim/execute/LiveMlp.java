package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.file.LiveModel;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The MLP of the layer that a token is in, as far as it is computed: {@code y = W_down (act(W_gate
 * x) ⊙ W_up x)}. Its matrices are multiplied elsewhere, one after another.
 */
final class LiveMlp implements ProductInputs {
  private final LiveModel model;
  private final float[] x;
  private final float[] gate;
  private final float[] up;
  private final float[] glu;
  private final Map<Site, float[][]> earlier = new EnumMap<>(Site.class);
  private final Set<Matrix> multiplied = EnumSet.noneOf(Matrix.class);
  private int layer;

  /**
   * @param groups whose masks look at activations
   */
  LiveMlp(LiveModel model, ModelShape shape, List<UnitGroup> groups) {
    this.model = model;
    this.x = new float[shape.getHiddenSize()];
    this.gate = new float[shape.getIntermediateSize()];
    this.up = new float[shape.getIntermediateSize()];
    this.glu = new float[shape.getIntermediateSize()];
    for (UnitGroup group : groups) {
      for (Signal signal : group.signals()) {
        if (signal.layersBack() > 0) {
          earlier.computeIfAbsent(
              signal.site(), site -> new float[shape.getLayers()][site.width(shape)]);
        }
      }
    }
  }

  /** Turns to a layer, whose attention has been run. */
  void begin(int newLayer, float[] input) {
    layer = newLayer;
    multiplied.clear();
    System.arraycopy(input, 0, x, 0, x.length);
    keep(Site.X, x);
  }

  /**
   * Takes in a product.
   *
   * @param values an output for each row of the matrix, 0 where none was computed
   */
  void take(Matrix matrix, float[] values) {
    switch (matrix) {
      case UP -> {
        System.arraycopy(values, 0, up, 0, up.length);
        keep(Site.UP, up);
      }
      case GATE -> {
        for (int i = 0; i < gate.length; i++) {
          gate[i] = model.activate(values[i]);
        }
        keep(Site.GATE, gate);
      }
      case DOWN -> model.add(values);
    }
    multiplied.add(matrix);
    if (matrix != Matrix.DOWN && multiplied.size() == 2) {
      for (int i = 0; i < glu.length; i++) {
        glu[i] = gate[i] * up[i];
      }
      keep(Site.GLU, glu);
    }
  }

  private void keep(Site site, float[] values) {
    float[][] kept = earlier.get(site);
    if (kept != null) {
      System.arraycopy(values, 0, kept[layer], 0, values.length);
    }
  }

  /** The activations that a mask of the present layer looks at. */
  float[] values(Signal signal) {
    if (signal.layer(layer) < layer) {
      return Objects.requireNonNull(earlier.get(signal.site()))[signal.layer(layer)];
    }
    return switch (signal.site()) {
      case X -> x;
      case UP -> up;
      case GATE -> gate;
      case GLU -> glu;
      default -> throw new IllegalArgumentException("no site of an MLP: " + signal.id());
    };
  }

  @Override
  public float[] vector(Matrix matrix) {
    return matrix == Matrix.DOWN ? glu : x;
  }

  @Override
  public float of(Matrix matrix, int unit, GroupStore store, float[][] own) {
    if (matrix != Matrix.DOWN) {
      return x[unit];
    }
    int ofGate = store.part(Matrix.GATE);
    int ofUp = store.part(Matrix.UP);
    return ofGate < 0 && ofUp < 0
        ? glu[unit]
        : (ofGate < 0 ? gate[unit] : model.activate(own[ofGate][unit]))
            * (ofUp < 0 ? up[unit] : own[ofUp][unit]);
  }
}
