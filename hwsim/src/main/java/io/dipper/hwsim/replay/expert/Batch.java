package io.dipper.hwsim.replay.expert;

import java.util.Arrays;

/**
 * The experts of one layer that a step looks up together: each once, in the order of their last use
 * in it. Reused from batch to batch.
 */
final class Batch {
  private final int[] last;
  private final int[] distinct;
  private int[] uses = new int[64];
  private int used;
  private int count;
  private int dropped;
  private double droppedWeight;
  private double lostToFewer;
  private double lostToOthers;

  /**
   * @param experts the number E of a layer
   */
  Batch(int experts) {
    this.last = new int[experts];
    this.distinct = new int[experts];
  }

  void clear() {
    used = 0;
    count = 0;
    dropped = 0;
    droppedWeight = 0;
    lostToFewer = 0;
    lostToOthers = 0;
  }

  /** Adds the experts of a token, by rank. */
  void add(ExpertChoice choice) {
    if (used + choice.count() > uses.length) {
      uses = Arrays.copyOf(uses, 2 * uses.length + choice.count());
    }
    for (int rank = 0; rank < choice.count(); rank++) {
      last[choice.expert(rank)] = used;
      uses[used++] = choice.expert(rank);
    }
    dropped += choice.dropped();
    droppedWeight += choice.droppedWeight();
  }

  /**
   * Adds what a token's experts lose.
   *
   * @param fewer whether they are fewer than the router's
   */
  void lose(double weight, boolean fewer) {
    if (fewer) {
      lostToFewer += weight;
    } else {
      lostToOthers += weight;
    }
  }

  /** All tokens have been added. */
  void close() {
    for (int i = 0; i < used; i++) {
      if (last[uses[i]] == i) {
        distinct[count++] = uses[i];
      }
    }
  }

  /** The distinct experts. */
  int[] experts() {
    return distinct;
  }

  /** How many distinct experts there are. */
  int count() {
    return count;
  }

  /** How many experts the tokens of the batch compute, the sum over tokens. */
  int uses() {
    return used;
  }

  int dropped() {
    return dropped;
  }

  double droppedWeight() {
    return droppedWeight;
  }

  double lostToFewer() {
    return lostToFewer;
  }

  double lostToOthers() {
    return lostToOthers;
  }
}
