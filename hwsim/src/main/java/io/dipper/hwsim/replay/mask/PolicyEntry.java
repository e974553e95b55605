package io.dipper.hwsim.replay.mask;

/**
 * A policy in the registry: what it is, and how one is made.
 *
 * @param scoresActivations whether its masks depend on them, and not on the shape alone
 */
public record PolicyEntry(
    PolicyDescription description, boolean scoresActivations, Factory factory) {
  public PolicyEntry(PolicyDescription description, Factory factory) {
    this(description, true, factory);
  }

  /** Makes a policy from parameters that were checked and filled in. */
  public interface Factory {
    MaskPolicy create(Parameters parameters, PolicyContext context);
  }
}
