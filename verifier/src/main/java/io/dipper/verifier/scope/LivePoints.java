package io.dipper.verifier.scope;

import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.verifier.live.LivePoint;
import io.dipper.verifier.live.LiveRunner;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Points run live, or found among the runs that were made before, with what came out of each. */
public final class LivePoints {
  private final ScopedPoints scope;
  private final LiveRunner runner;
  private final VerifiedPoints rows;
  private final ResultDirectory results;
  private final Map<String, VerifiedPoint> verified = new HashMap<>();

  /**
   * @param results get the row of every point whose run is over
   */
  public LivePoints(
      ScopedPoints scope, LiveRunner runner, VerifiedPoints rows, ResultDirectory results) {
    this.scope = scope;
    this.runner = runner;
    this.rows = rows;
    this.results = results;
  }

  /** Runs the points that were not run yet. */
  public void require(Collection<ScopedPoint> wanted) {
    runner.require(
        wanted.stream().map(ScopedPoint::run).toList(),
        pass ->
            results.addVerified(
                wanted.stream()
                    .filter(point -> pass.stream().anyMatch(run -> sameRun(run, point.run())))
                    .flatMap(point -> find(point).stream())
                    .map(VerifiedPoint::row)
                    .toList()));
  }

  private boolean sameRun(LivePoint one, LivePoint other) {
    return runner.config(one).equals(runner.config(other));
  }

  /** What came of a point; it is run if need be, together with those that share its masks. */
  public VerifiedPoint run(ScopedPoint point) {
    if (find(point).isEmpty()) {
      require(scope.sharing(point));
    }
    return find(point).orElseThrow();
  }

  /** What came of a point; empty where it was not run on these tokens. */
  public Optional<VerifiedPoint> find(ScopedPoint point) {
    if (!verified.containsKey(point.id())) {
      runner
          .find(point.run())
          .map(run -> rows.of(point.row(), point.planned(), point.run().replay(), run))
          .ifPresent(done -> verified.put(point.id(), done));
    }
    return Optional.ofNullable(verified.get(point.id()));
  }

  /** All points that were run, in the order of the sweep. */
  public List<VerifiedPoint> done() {
    return scope.all().stream().flatMap(point -> find(point).stream()).toList();
  }
}
