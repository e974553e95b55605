package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * The share of squared magnitude that masks keep, the mean over layers; null where the trace does
 * not tell, or no mask is there.
 */
public record PointEnergy(@Nullable Double retainedEnergyX, @Nullable Double retainedEnergyH) {}
