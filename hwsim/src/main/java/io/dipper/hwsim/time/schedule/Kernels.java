package io.dipper.hwsim.time.schedule;

/**
 * What the processor is told to run in a step.
 *
 * @param launches of kernels
 * @param synchronisations of all that computes
 * @param expertLayers layers with experts that begin
 */
public record Kernels(int launches, int synchronisations, int expertLayers) {
  /** Those of a step that begins no layer with experts. */
  public Kernels(int launches, int synchronisations) {
    this(launches, synchronisations, 0);
  }
}
