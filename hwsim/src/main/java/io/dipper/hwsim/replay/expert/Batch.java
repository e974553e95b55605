package io.dipper.hwsim.replay.expert;

import java.util.Arrays;

/**
 * The units of one layer that a step looks up together, experts and where a mask chooses inside
 * them their columns: each once, in the order of their last use in it. Reused from batch to batch.
 */
final class Batch {
  private final int[] last;
  private final int[] distinct;
  private int[] uses = new int[64];
  private int used;
  private int count;
  private int experts;
  private int ofLastToken;
  private int dropped;
  private double droppedWeight;
  private double lostToFewer;
  private double lostToOthers;

  /**
   * @param units of a layer
   */
  Batch(int units) {
    this.last = new int[units];
    this.distinct = new int[units];
  }

  void clear() {
    used = 0;
    count = 0;
    experts = 0;
    ofLastToken = 0;
    dropped = 0;
    droppedWeight = 0;
    lostToFewer = 0;
    lostToOthers = 0;
  }

  /** Adds a use of a unit. */
  void add(int unit) {
    if (used == uses.length) {
      uses = Arrays.copyOf(uses, 2 * used);
    }
    last[unit] = used;
    uses[used++] = unit;
  }

  /** Adds what is said of a token's experts beside the units. */
  void add(ExpertChoice choice) {
    experts += choice.count();
    ofLastToken = choice.count();
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

  /** The distinct units. */
  int[] units() {
    return distinct;
  }

  /** How many distinct units there are. */
  int count() {
    return count;
  }

  /** How many of them, at the end, are those of the last token, by rank; of whole experts only. */
  int ofLastToken() {
    return ofLastToken;
  }

  /** How many units the tokens of the batch compute, the sum over tokens. */
  int uses() {
    return used;
  }

  /** How many of those are experts, and no columns of them. */
  int experts() {
    return experts;
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
