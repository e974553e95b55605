package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.study.result.PointResult;
import java.util.function.Consumer;

/**
 * Who simulates the points of a sweep: the cores of this machine, or a cluster. The results are the
 * same, whoever does.
 */
@FunctionalInterface
public interface PointEngine {
  /** This machine. */
  PointEngine LOCAL =
      (work, finished) ->
          work.simulation().run(work.points(), point -> finished.accept(point.result()));

  /**
   * Simulates points.
   *
   * @param finished hears of each point, one at a time and in any order, as soon as it is known
   * @throws io.dipper.error.UserException if the engine cannot work, e.g. its cluster is gone; what
   *     was finished is kept
   */
  void run(PointWork work, Consumer<PointResult> finished);
}
