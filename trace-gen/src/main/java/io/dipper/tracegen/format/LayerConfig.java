package io.dipper.tracegen.format;

/** The arithmetic of a model's decoder layers, beside the sizes of their matrices. */
public record LayerConfig(Norm norm, AttentionConfig attention, Activation activation) {}
