package io.dipper.tracegen.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which layers of a model are local, and how many of the last tokens those see.
 *
 * @param length tokens that a local layer sees, itself included; 0 where those see all
 * @param local one entry per layer
 */
public record AttentionWindows(int length, List<Boolean> local) {
  public AttentionWindows {
    local = List.copyOf(local);
  }

  /** No local layers. */
  public static AttentionWindows none(int layers) {
    return new AttentionWindows(0, Collections.nCopies(layers, false));
  }

  /** Local layers where a predicate of the layer's number holds. */
  public static AttentionWindows where(int length, int layers, IntPredicate isLocal) {
    List<Boolean> local = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      local.add(isLocal.test(layer));
    }
    return new AttentionWindows(length, local);
  }

  /** Local layers, save every n-th: of 6, layers 5, 11, 17 and so on see all. */
  public static AttentionWindows saveEvery(int n, int length, int layers) {
    return where(length, layers, layer -> (layer + 1) % n != 0);
  }

  public boolean isLocal(int layer) {
    return local.get(layer);
  }

  /** How many tokens a layer sees at most, itself included; {@link Integer#MAX_VALUE} for all. */
  public int tokens(int layer) {
    return length > 0 && isLocal(layer) ? length : Integer.MAX_VALUE;
  }
}
