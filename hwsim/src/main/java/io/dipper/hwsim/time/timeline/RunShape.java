package io.dipper.hwsim.time.timeline;

import java.util.Arrays;

/**
 * How long a run is.
 *
 * @param sequenceLengths tokens of each sequence, in order
 * @param layers the number L of layers; the head counts as layer L
 */
public record RunShape(int[] sequenceLengths, int layers) {
  /** Tokens of all sequences. */
  int tokens() {
    return Arrays.stream(sequenceLengths).sum();
  }

  /** The sequence of a token. */
  int sequence(int token) {
    int sequence = 0;
    int end = sequenceLengths[0];
    while (token >= end) {
      sequence++;
      end += sequenceLengths[sequence];
    }
    return sequence;
  }
}
