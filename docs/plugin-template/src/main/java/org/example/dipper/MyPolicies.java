package org.example.dipper;

import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.mask.PolicyProvider;
import io.dipper.registry.Declared;
import java.util.List;

/** The masks of this plugin, named in META-INF/services. */
public final class MyPolicies implements PolicyProvider {
  @Override
  public List<Declared<PolicyFactory>> entries() {
    return List.of(Steady.ENTRY);
  }
}
