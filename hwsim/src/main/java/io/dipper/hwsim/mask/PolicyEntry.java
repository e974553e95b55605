package io.dipper.hwsim.mask;

/** A policy in the registry: what it is, and how one is made. */
record PolicyEntry(PolicyDescription description, Factory factory) {
  /** Makes a policy from parameters that were checked and filled in. */
  interface Factory {
    MaskPolicy create(Parameters parameters, PolicyContext context);
  }
}
