package io.dipper.hwsim.replay.mask;

import io.dipper.registry.Choice;

/** Makes a policy from parameters that were checked and filled in. */
public interface PolicyFactory {
  /**
   * @throws io.dipper.error.UserException if what the policy needs is not in the context
   */
  MaskPolicy create(Choice parameters, PolicyContext context);
}
