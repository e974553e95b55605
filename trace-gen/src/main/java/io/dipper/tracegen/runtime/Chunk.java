package io.dipper.tracegen.runtime;

/**
 * Consecutive tokens of one sequence in one layer.
 *
 * @param layer 0-based
 * @param sequence index of the sequence
 * @param firstPosition position of the first one in the sequence
 * @param rows how many
 */
record Chunk(int layer, int sequence, int firstPosition, int rows) {}
