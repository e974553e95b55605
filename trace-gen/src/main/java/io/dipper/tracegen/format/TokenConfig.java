package io.dipper.tracegen.format;

/**
 * The token sequences that a model was made for.
 *
 * @param contextLength the trained context, in tokens
 * @param bosToken id of the beginning-of-sequence token; -1 for none
 * @param addBos whether the tokenizer puts it before a text
 */
public record TokenConfig(int contextLength, int bosToken, boolean addBos) {}
