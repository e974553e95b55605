package io.dipper.tracegen.runtime;

/**
 * The places of a routing, sorted by expert: those of one expert follow one another, in the order
 * of their tokens. A place is a token and a rank: {@code token * k + rank}.
 */
final class TokensByExpert {
  private final int[] firstOfExpert;
  private final int[] places;
  private final int[] used;

  TokensByExpert(Routing routing, int rows, int experts) {
    int[] chosen = routing.experts();
    int all = rows * routing.ranks();
    firstOfExpert = new int[experts + 1];
    for (int place = 0; place < all; place++) {
      if (chosen[place] >= 0) {
        firstOfExpert[chosen[place] + 1]++;
      }
    }
    int count = 0;
    for (int e = 0; e < experts; e++) {
      count += firstOfExpert[e + 1] > 0 ? 1 : 0;
      firstOfExpert[e + 1] += firstOfExpert[e];
    }
    places = new int[firstOfExpert[experts]];
    int[] next = firstOfExpert.clone();
    for (int place = 0; place < all; place++) {
      if (chosen[place] >= 0) {
        places[next[chosen[place]]++] = place;
      }
    }
    used = new int[count];
    for (int e = 0, n = 0; e < experts; e++) {
      if (count(e) > 0) {
        used[n++] = e;
      }
    }
  }

  /** The experts that have tokens. */
  int[] experts() {
    return used;
  }

  /** All places with an expert. */
  int size() {
    return places.length;
  }

  /** The place at an index of the sorted order. */
  int place(int index) {
    return places[index];
  }

  /** The index of an expert's first place. */
  int first(int expert) {
    return firstOfExpert[expert];
  }

  /** How many tokens an expert has. */
  int count(int expert) {
    return firstOfExpert[expert + 1] - firstOfExpert[expert];
  }
}
