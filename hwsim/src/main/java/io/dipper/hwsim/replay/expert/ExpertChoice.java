package io.dipper.hwsim.replay.expert;

/**
 * The experts that a token takes in a layer, by rank, and the weights of their outputs. Reused from
 * token to token; not safe for use by many threads.
 */
public final class ExpertChoice {
  private final int[] experts;
  private final double[] weights;
  private int count;
  private int dropped;
  private double droppedWeight;

  /**
   * @param most experts that a token may take
   */
  public ExpertChoice(int most) {
    this.experts = new int[most];
    this.weights = new double[most];
  }

  /** How many experts there is room for. */
  int most() {
    return experts.length;
  }

  void clear() {
    count = 0;
    dropped = 0;
    droppedWeight = 0;
  }

  void add(int expert, double weight) {
    experts[count] = expert;
    weights[count++] = weight;
  }

  /** Leaves out an expert that the router wanted. */
  void drop(double weight) {
    dropped++;
    droppedWeight += weight;
  }

  /** Puts the experts into the order of their ranks, whatever order they were added in. */
  void sortByRank(float[] logits) {
    for (int i = 1; i < count; i++) {
      int expert = experts[i];
      double weight = weights[i];
      int at = i;
      while (at > 0 && ranksBefore(expert, experts[at - 1], logits)) {
        experts[at] = experts[at - 1];
        weights[at] = weights[at - 1];
        at--;
      }
      experts[at] = expert;
      weights[at] = weight;
    }
  }

  private static boolean ranksBefore(int one, int other, float[] logits) {
    return logits[one] > logits[other] || logits[one] == logits[other] && one < other;
  }

  /** Divides the weights by their sum. */
  void normalise() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i];
    }
    for (int i = 0; i < count; i++) {
      weights[i] /= sum;
    }
  }

  /** The number of experts. */
  public int count() {
    return count;
  }

  /** The expert of a rank. */
  public int expert(int rank) {
    return experts[rank];
  }

  /** What the output of the expert of a rank is multiplied with. */
  public double weight(int rank) {
    return weights[rank];
  }

  /** How many experts the router wanted and the policy left out. */
  public int dropped() {
    return dropped;
  }

  /** The sum of the weights that those would have had. */
  public double droppedWeight() {
    return droppedWeight;
  }
}
