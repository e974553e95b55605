package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Row;
import io.dipper.proto.Capacity;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Points of a sweep in the making: every one on a phone with half of the model, by events. */
final class Swept {
  static final String HALF = "50% of the model";

  private final List<PointRow> rows = new ArrayList<>();
  private final Map<String, PointConfig> configs = new HashMap<>();

  /** A row with what the test is not about. */
  static Row row(String id, String policy, double density, double tokensPerSecond) {
    return new Row()
        .with("point_id", id)
        .with("hardware", "phone")
        .with("accounting", "des")
        .with("policy", policy)
        .with("policy_params", "{}")
        .with("cache", "lfu")
        .with("capacity", HALF)
        .with("density", density)
        .with("tokens", 10L)
        .with("tokens_per_second", tokensPerSecond)
        .with("flash_bytes_per_token", 1e6 * density)
        .with("perplexity_dense", 10.0);
  }

  /** Adds a point whose configuration is the usual one. */
  Swept with(Row row) {
    return with(row, config -> {});
  }

  /** Adds a point. */
  Swept with(Row row, Consumer<PointConfig.Builder> change) {
    PointConfig.Builder config =
        PointConfig.newBuilder()
            .setModel(ModelShape.newBuilder().setLayers(2))
            .setCapacity(Capacity.newBuilder().setDramFraction(0.5))
            .setLayout(LayoutKind.COLUMN_MAJOR);
    change.accept(config);
    PointRow made = row.make();
    rows.add(made);
    configs.put(made.pointId(), config.build());
    return this;
  }

  SweptPoints points() {
    return new SweptPoints(rows, configs);
  }
}
