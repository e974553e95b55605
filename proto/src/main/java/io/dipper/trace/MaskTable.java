package io.dipper.trace;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Units that some tool selected, by token, layer and group: a bit per unit, in memory.
 *
 * <p>Tokens are counted over all sequences of a trace.
 */
public final class MaskTable {
  private final int layers;
  private final Map<String, Masks[]> groups = new TreeMap<>();
  private int tokens;

  MaskTable(int layers) {
    this.layers = layers;
  }

  /** The names of the groups. */
  public Set<String> groups() {
    return groups.keySet();
  }

  /** The number of tokens, in every layer and group. */
  public int tokens() {
    return tokens;
  }

  /**
   * Copies the units of a token.
   *
   * @param words receives unit u as bit u % 64 of word u / 64
   */
  public void read(String group, int layer, int token, long[] words) {
    Masks masks = Objects.requireNonNull(groups.get(group), group)[layer];
    System.arraycopy(masks.words, token * words.length, words, 0, words.length);
  }

  /** Whether there are units of a token already. */
  boolean has(String group, int layer, int token) {
    Masks[] all = groups.get(group);
    return all != null && all[layer].has(token);
  }

  /** Enters the units of a token. */
  void add(String group, int layer, int token, long[] words) {
    groups
        .computeIfAbsent(
            group,
            name -> {
              Masks[] all = new Masks[layers];
              Arrays.setAll(all, l -> new Masks());
              return all;
            })[layer]
        .add(token, words);
    tokens = Math.max(tokens, token + 1);
  }

  /** The masks of one layer and group. */
  private static final class Masks {
    private static final int FIRST_TOKENS = 256;

    private long[] words = {};
    private long[] there = {};

    boolean has(int token) {
      return token >> 6 < there.length && (there[token >> 6] >>> token & 1) != 0;
    }

    void add(int token, long[] units) {
      int end = Math.multiplyExact(token + 1, units.length);
      if (words.length < end) {
        long grown = Math.max(words.length * 3L / 2, (long) FIRST_TOKENS * units.length);
        words = Arrays.copyOf(words, (int) Math.max(end, Math.min(grown, Integer.MAX_VALUE - 8)));
        there = Arrays.copyOf(there, words.length / Math.max(1, units.length) / 64 + 1);
      }
      System.arraycopy(units, 0, words, token * units.length, units.length);
      there[token >> 6] |= 1L << token;
    }
  }
}
