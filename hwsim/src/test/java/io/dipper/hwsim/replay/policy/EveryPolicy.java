package io.dipper.hwsim.replay.policy;

import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import java.util.List;

/** Every policy of a dense MLP, half of what there is to keep, as users write it. */
public final class EveryPolicy {
  private EveryPolicy() {}

  /** One specification for each; those that cannot be without a file are left out. */
  public static List<String> specs() {
    return Policies.all().stream()
        .filter(EveryPolicy::masksADenseMlp)
        .filter(EveryPolicy::needsNoFile)
        .map(EveryPolicy::spec)
        .toList();
  }

  private static boolean masksADenseMlp(Description policy) {
    return !policy.has(Trait.CHOOSES_EXPERTS);
  }

  private static boolean needsNoFile(Description policy) {
    return policy.alternatives().isEmpty()
        || policy.parameters().stream()
            .filter(parameter -> policy.alternatives().get(0).contains(parameter.name()))
            .noneMatch(parameter -> parameter.kind() == io.dipper.registry.Parameter.Kind.FILE);
  }

  private static String spec(Description policy) {
    return policy.alternatives().isEmpty()
        ? policy.name()
        : policy.name() + ":" + String.join("=0.5,", policy.alternatives().get(0)) + "=0.5";
  }
}
