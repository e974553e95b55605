package io.dipper.tracegen.format;

/**
 * The arithmetic of a model's RMS norms: {@code x / sqrt(mean(x²) + ε) · (w + offset)}.
 *
 * @param epsilon ε
 * @param offset added to every stored weight: 1 where the file stores w of (1 + w) (gemma3
 *     safetensors), else 0
 */
public record Norm(float epsilon, float offset) {}
