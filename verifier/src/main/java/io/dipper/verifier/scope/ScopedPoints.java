package io.dipper.verifier.scope;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Site;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Candidates;
import io.dipper.verifier.candidate.ParetoFront;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The points of a sweep that may have to be run live, in the order of the sweep. */
public final class ScopedPoints {
  private final Map<String, ScopedPoint> byId = new LinkedHashMap<>();

  /**
   * @param selection which of the sweep's points
   * @param simulation of the sweep's trace
   * @throws UserException if a point that is asked for does not exist, or the sweep was on another
   *     trace
   */
  public ScopedPoints(PointSelection selection, ResultDirectory results, Simulation simulation) {
    Map<String, PointConfig> configs = results.configs();
    for (PointRow row : rows(selection, results)) {
      String id = row.pointId();
      byId.put(
          id, ScopedPoint.of(row, plan(simulation, config(configs.get(id), id, results), results)));
    }
  }

  /** The rows of a selection. */
  static List<PointRow> rows(PointSelection selection, ResultDirectory results) {
    List<PointRow> all = results.points();
    if (selection instanceof PointSelection.Ids ids) {
      return named(all, ids.pointIds(), results);
    }
    if (selection instanceof PointSelection.Pareto) {
      Set<String> front =
          ParetoFront.of(all.stream().map(p -> Candidates.of(p, "")).toList()).stream()
              .map(Candidate::pointId)
              .collect(Collectors.toSet());
      return all.stream().filter(p -> front.contains(p.pointId())).toList();
    }
    return all;
  }

  private static List<PointRow> named(
      List<PointRow> all, List<String> ids, ResultDirectory results) {
    Set<String> wanted = new HashSet<>();
    for (String id : ids) {
      List<PointRow> found = all.stream().filter(p -> p.pointId().startsWith(id)).toList();
      if (id.isEmpty() || found.size() != 1) {
        throw UserException.in(
            results.folder(),
            (found.isEmpty() ? "has no point '" + id + "'" : "has many points '" + id + "…'")
                + "; ids are the first column of points.csv");
      }
      wanted.add(found.get(0).pointId());
    }
    return all.stream().filter(p -> wanted.contains(p.pointId())).toList();
  }

  /** The configuration of a point, which must be among the results. */
  static PointConfig config(@Nullable PointConfig config, String id, ResultDirectory results) {
    if (config == null) {
      throw UserException.in(
          results.folder(), "holds no configuration of point " + id + "; sweep again");
    }
    return config;
  }

  private static PlannedPoint plan(
      Simulation simulation, PointConfig config, ResultDirectory results) {
    if (!config.getTraceSha256().equals(simulation.trace().sha256())) {
      throw UserException.in(
          results.folder(),
          "was swept on another trace than " + simulation.trace().name() + "; name that one");
    }
    return simulation.plan(config);
  }

  public Collection<ScopedPoint> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** The point with this id; null where it is not in the scope. */
  public @Nullable ScopedPoint find(String id) {
    return byId.get(id);
  }

  /** A point, and all others that have its masks and its adapter. */
  public List<ScopedPoint> sharing(ScopedPoint point) {
    return byId.values().stream().filter(p -> p.identity().equals(point.identity())).toList();
  }

  /** The sites that the masks of any point are computed from. */
  public Set<Site> scoredSites() {
    Set<Site> sites = EnumSet.noneOf(Site.class);
    for (ScopedPoint point : byId.values()) {
      point.run().replay().policy().groups().stream()
          .flatMap(group -> group.signals().stream())
          .forEach(signal -> sites.add(signal.site()));
    }
    return sites;
  }
}
