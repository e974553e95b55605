package io.dipper.verifier.task;

import java.util.List;

/**
 * Which items were answered right: of the choices the likeliest is the answer, the first of equals.
 *
 * @param raw by log-likelihood
 * @param byLength by log-likelihood per character of the choice
 */
public record TaskScores(boolean[] raw, boolean[] byLength) {
  /**
   * The scores of a run.
   *
   * @param logLikelihoods of each choice of each item, in nats
   */
  static TaskScores of(List<TaskItem> items, List<double[]> logLikelihoods) {
    boolean[] raw = new boolean[items.size()];
    boolean[] byLength = new boolean[items.size()];
    for (int i = 0; i < items.size(); i++) {
      TaskItem item = items.get(i);
      double[] each = logLikelihoods.get(i).clone();
      raw[i] = largest(each) == item.answer();
      for (int c = 0; c < each.length; c++) {
        each[c] /= item.choices().get(c).length();
      }
      byLength[i] = largest(each) == item.answer();
    }
    return new TaskScores(raw, byLength);
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
