package io.dipper.tracegen.runtime;

import io.dipper.adapter.AdaptedMatrix;
import io.dipper.adapter.Adapter;
import io.dipper.adapter.AdapterTarget;
import io.dipper.tracegen.format.ModelConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The adapter that a model runs with, if any: for each adapted matrix W two small ones, so that
 * {@code y = x Wᵀ + (x Aᵀ) Bᵀ}, the scale already in B.
 */
final class AdapterWeights implements AutoCloseable {
  private final ModelConfig config;
  private final Map<Key, LowRank> beside = new HashMap<>();
  private @Nullable Adapter current;

  AdapterWeights(ModelConfig config) {
    this.config = config;
  }

  private record Key(int layer, AdapterTarget target) {}

  /** Runs with this adapter from now on; null for none. */
  void use(@Nullable Adapter adapter) {
    if (adapter == current) {
      return;
    }
    close();
    current = adapter;
    if (adapter != null) {
      for (AdaptedMatrix matrix : adapter.matrices()) {
        beside.put(new Key(matrix.layer(), matrix.target()), lowRank(matrix));
      }
    }
  }

  /** What is beside a matrix; null for nothing. */
  @Nullable LowRank find(int layer, AdapterTarget target) {
    return beside.get(new Key(layer, target));
  }

  private LowRank lowRank(AdaptedMatrix matrix) {
    var map = matrix.map();
    NativeMatrix inner = new NativeMatrix(map.rank(), map.inputs());
    NativeMatrix outer = new NativeMatrix(map.units(), map.rank());
    float[] row = new float[Math.max(map.inputs(), map.rank())];
    for (int r = 0; r < map.rank(); r++) {
      for (int i = 0; i < map.inputs(); i++) {
        row[i] = map.inner()[i * map.rank() + r];
      }
      inner.write((long) r * map.inputs(), row, 0, map.inputs());
    }
    HeadOrder order = HeadOrder.of(config, matrix.target());
    for (int o = 0; o < map.units(); o++) {
      for (int r = 0; r < map.rank(); r++) {
        row[r] = matrix.scale() * map.outer()[r * map.units() + o];
      }
      outer.write((long) order.stored(o) * map.rank(), row, 0, map.rank());
    }
    return new LowRank(inner, outer);
  }

  @Override
  public void close() {
    beside.values().forEach(LowRank::close);
    beside.clear();
    current = null;
  }
}
