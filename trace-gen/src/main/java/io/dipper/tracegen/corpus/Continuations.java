package io.dipper.tracegen.corpus;

import java.util.List;

/**
 * A context and the texts of which each may follow it, all scored given the context.
 *
 * @param context tokens that come first; at least one
 * @param texts the tokens of each text; at least one each
 */
public record Continuations(int[] context, List<int[]> texts) {
  public Continuations {
    texts = List.copyOf(texts);
    if (context.length == 0 || texts.stream().anyMatch(text -> text.length == 0)) {
      throw new IllegalArgumentException("a context and what follows it have tokens");
    }
  }

  /** How many tokens pass the model: the context once, and of each text all but the last. */
  public int passed() {
    return context.length + texts.stream().mapToInt(text -> text.length - 1).sum();
  }

  /** The tokens of the longest sequence. */
  public int longest() {
    return context.length + texts.stream().mapToInt(text -> text.length).max().orElse(0);
  }

  /**
   * The length of each sequence as a hook sees it: the context, and the context with all but the
   * last token of each text.
   */
  public int[] sequenceLengths() {
    int[] lengths = new int[1 + texts.size()];
    lengths[0] = context.length;
    for (int t = 0; t < texts.size(); t++) {
      lengths[1 + t] = context.length + texts.get(t).length - 1;
    }
    return lengths;
  }
}
