package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.PointPair;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The models of a sweep: the trace's alone, or shapes, each with the simulation of its points. */
final class SweptModels {
  private final List<Simulation> simulations;
  private final Map<String, Simulation> byPoint = new HashMap<>();

  /**
   * @param simulations at least one, in the order of the sweep
   */
  SweptModels(List<Simulation> simulations) {
    this.simulations = List.copyOf(simulations);
  }

  List<Simulation> simulations() {
    return simulations;
  }

  /** The first model. */
  ModelShape first() {
    return simulations.get(0).model();
  }

  /** Plans a point. */
  PlannedPoint plan(Simulation simulation, String id, PointConfig config) {
    PlannedPoint point = simulation.plan(config);
    byPoint.put(id, simulation);
    return point;
  }

  /** Those of some points that a simulation has planned, in their order. */
  List<PlannedPoint> points(Simulation simulation, List<PlannedPoint> some) {
    return some.stream().filter(point -> isOf(simulation, point)).toList();
  }

  /** Those of some pairs that a simulation has planned, in their order. */
  List<PointPair> pairs(Simulation simulation, List<PointPair> some) {
    return some.stream().filter(pair -> isOf(simulation, pair.masked())).toList();
  }

  private boolean isOf(Simulation simulation, PlannedPoint point) {
    return byPoint.get(ConfigDigest.of(point.config()).pointId()) == simulation;
  }
}
