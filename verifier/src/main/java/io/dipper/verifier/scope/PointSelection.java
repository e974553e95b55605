package io.dipper.verifier.scope;

import java.util.List;

/** Which points of a sweep are verified. */
public sealed interface PointSelection {
  /** Every point. */
  record All() implements PointSelection {}

  /**
   * Points by their ids.
   *
   * @param pointIds as in {@code points.csv}; the beginning of an id will do where it is unique
   */
  record Ids(List<String> pointIds) implements PointSelection {
    public Ids {
      pointIds = List.copyOf(pointIds);
    }
  }

  /**
   * Per device, the points that no other beats in tokens per second, resident bytes and quality
   * together. What stands in for quality before a live run is the share of squared magnitude that
   * the masks retain, or the density where that is not known.
   */
  record Pareto() implements PointSelection {}

  /**
   * Per device and budget, the fastest point and the smallest one whose live perplexity exceeds the
   * dense one by no more than the budget.
   *
   * @param budgets in perplexity, e.g. 0.5; at least 0
   * @param mostRuns how many distinct live runs may be asked for
   */
  record Budget(List<Double> budgets, int mostRuns) implements PointSelection {
    public Budget {
      budgets = List.copyOf(budgets);
    }
  }

  /**
   * The points whose live runs tell most of the quality model, which is fitted and written.
   *
   * @param runs how many distinct live runs
   */
  record Calibration(int runs) implements PointSelection {}
}
