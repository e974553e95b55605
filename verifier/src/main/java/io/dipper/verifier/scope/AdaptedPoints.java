package io.dipper.verifier.scope;

import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.proto.AdapterSpec;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Points of a sweep once more, with an adapter: each is a point of its own, which is simulated and
 * added to the results where it is not among them.
 */
public final class AdaptedPoints {
  private final ResultDirectory results;
  private final Simulation simulation;
  private final AdapterSpec adapter;

  public AdaptedPoints(ResultDirectory results, Simulation simulation, AdapterSpec adapter) {
    this.results = results;
    this.simulation = simulation;
    this.adapter = adapter;
  }

  /**
   * Adds the points of a selection with the adapter to the results.
   *
   * @return the selection of them; a search under a budget stays one among all points
   * @throws io.dipper.error.UserException if the adapter does not belong to the model, or a point
   *     with it cannot exist
   */
  public PointSelection of(PointSelection selection) {
    Map<String, PointConfig> configs = new LinkedHashMap<>(results.configs());
    List<PlannedPoint> missing = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    for (PointRow row : ScopedPoints.rows(selection, results)) {
      PointConfig config =
          ScopedPoints.config(configs.get(row.pointId()), row.pointId(), results).toBuilder()
              .setAdapter(adapter)
              .build();
      String id = ConfigDigest.of(config).pointId();
      if (ids.add(id) && !configs.containsKey(id)) {
        configs.put(id, config);
        missing.add(simulation.plan(config));
      }
    }
    add(missing, configs);
    return selection instanceof PointSelection.Budget
        ? selection
        : new PointSelection.Ids(List.copyOf(ids));
  }

  private void add(List<PlannedPoint> missing, Map<String, PointConfig> configs) {
    if (missing.isEmpty()) {
      return;
    }
    Map<String, PointResult> done = new LinkedHashMap<>();
    simulation.run(missing, point -> done.put(point.result().pointId(), point.result()));
    List<PointRow> points = new ArrayList<>(results.points());
    List<GroupRow> groups = new ArrayList<>(results.groups());
    for (PlannedPoint point : missing) {
      PointResult result =
          Objects.requireNonNull(done.get(ConfigDigest.of(point.config()).pointId()));
      points.add(result.point());
      groups.addAll(result.groups());
    }
    results.writeGroups(groups);
    results.writeConfigs(configs.values());
    results.writePoints(points);
  }
}
