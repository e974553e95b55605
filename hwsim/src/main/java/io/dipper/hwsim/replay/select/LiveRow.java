package io.dipper.hwsim.replay.select;

/** One token's activations as a forward pass makes them: float32, never rounded to fp16. */
public record LiveRow(float[] values) implements SignalRow {}
