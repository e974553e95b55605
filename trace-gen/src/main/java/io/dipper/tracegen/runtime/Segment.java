package io.dipper.tracegen.runtime;

/**
 * Consecutive tokens of one sequence on their way through the layers.
 *
 * @param sequence its index, as hooks see it
 * @param context length of the whole sequence, at most, in tokens
 * @param firstPosition of {@code tokens[0]} in the sequence
 * @param cache the keys and values of the sequence so far
 * @param state the residual stream, a row of H per token
 */
record Segment(
    int sequence, int context, int firstPosition, int[] tokens, KvCache cache, float[] state) {
  int rows() {
    return tokens.length;
  }
}
