package io.dipper.hwsim.replay.mask;

import io.dipper.registry.Provider;

/** The masking policies of a plugin. */
public interface PolicyProvider extends Provider<PolicyFactory> {}
