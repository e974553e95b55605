package io.dipper.hwsim.time.schedule;

/**
 * What the processor is told to run in a step.
 *
 * @param launches of kernels
 * @param synchronisations of all that computes
 */
public record Kernels(int launches, int synchronisations) {}
