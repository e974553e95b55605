package io.dipper.hwsim.time.memory;

import io.dipper.proto.PointConfig;

/**
 * How long the KV cache is during a sequence: it grows evenly, a position for each token of a run
 * that fills its block.
 *
 * @param from positions before the first token: the prompt's, or what of the context was there
 *     before the run
 * @param to positions after the last token
 */
public record KvSpan(double from, double to) {
  /** The span of a point's sequences. */
  public static KvSpan of(PointConfig config) {
    int from = Math.max(config.getPromptLength(), config.getContextStart());
    return new KvSpan(from, config.getBlockLength());
  }

  /** The positions at token t of n, counted at the middle of its own entry. */
  public double at(int token, int tokens) {
    return from + (to - from) * (token + 0.5) / tokens;
  }

  /** The mean over a sequence of the positions. */
  public double mean() {
    return (from + to) / 2;
  }

  /** The mean over a sequence of the positions that a layer with a window attends to. */
  public double mean(double window) {
    return mean(from, to, window);
  }

  /** The mean of {@code min(x, window)} for x from {@code from} to {@code to}. */
  public static double mean(double from, double to, double window) {
    if (to <= window) {
      return (from + to) / 2;
    }
    if (from >= window) {
      return window;
    }
    double growing = window - from;
    return (growing * (from + window) / 2 + (to - window) * window) / (to - from);
  }
}
