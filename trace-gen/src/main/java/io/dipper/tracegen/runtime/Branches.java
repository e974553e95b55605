package io.dipper.tracegen.runtime;

import io.dipper.tracegen.corpus.Continuations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Continuations of contexts on their way through a decoder, whose context passes once for all that
 * follow it.
 *
 * <p>Within a layer a context leaves its keys and values, and each of its continuations then writes
 * its own behind them, in the place of the one before.
 */
final class Branches {
  private final List<Continuations> items;
  private final int width;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * @param cache of one layer, as long as the longest sequence
   * @param width H of the model
   */
  Branches(List<Continuations> items, Decoder decoder, KvCache cache, int width) {
    this.items = items;
    this.width = width;
    int sequence = 0;
    for (Continuations item : items) {
      int[] context = item.context();
      segments.add(decoder.embed(sequence++, cache.capacity(), 0, context, cache));
      for (int[] text : item.texts()) {
        int[] passed = Arrays.copyOf(text, text.length - 1);
        segments.add(decoder.embed(sequence++, cache.capacity(), context.length, passed, cache));
      }
    }
  }

  /** What passes the layers, in this order: a context, and what may follow it. */
  List<Segment> segments() {
    return segments;
  }

  /** The negative log-likelihoods of each continuation's tokens, item by item. */
  List<float[]> nll(OutputHead head) {
    List<int[]> texts = items.stream().flatMap(item -> item.texts().stream()).toList();
    int[] targets = texts.stream().flatMapToInt(Arrays::stream).toArray();
    float[] nll = head.nll(states(targets.length), targets);
    List<float[]> byText = new ArrayList<>();
    int from = 0;
    for (int[] text : texts) {
      byText.add(Arrays.copyOfRange(nll, from, from + text.length));
      from += text.length;
    }
    return byText;
  }

  /** The state before each token that is scored: first the context's last one. */
  private float[] states(int rows) {
    float[] states = new float[rows * width];
    int to = 0;
    int segment = 0;
    for (Continuations item : items) {
      float[] context = segments.get(segment++).state();
      for (int t = 0; t < item.texts().size(); t++) {
        float[] own = segments.get(segment++).state();
        System.arraycopy(context, context.length - width, states, to, width);
        System.arraycopy(own, 0, states, to + width, own.length);
        to += width + own.length;
      }
    }
    return states;
  }
}
