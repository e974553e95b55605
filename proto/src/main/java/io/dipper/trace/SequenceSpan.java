package io.dipper.trace;

/**
 * The rows of one sequence (a perplexity block) in a trace.
 *
 * @param index which sequence, from 0
 * @param firstRow the row of its first token
 * @param length its tokens
 */
public record SequenceSpan(int index, int firstRow, int length) {}
