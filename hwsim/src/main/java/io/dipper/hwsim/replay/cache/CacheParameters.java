package io.dipper.hwsim.replay.cache;

import io.dipper.error.UserException;
import io.dipper.registry.Choice;
import io.dipper.registry.Parameter;
import java.util.List;

/** What every cache of units can be told: which units enter it. */
final class CacheParameters {
  static final String FORCED = "forced";
  static final String BYPASS = "bypass";
  static final String GLOBAL = "global";

  static final Parameter OVERFLOW =
      Parameter.choice(
          "overflow",
          "which of the missed units enter where a mask is larger than the cache",
          OverflowRules.ALL.names().toArray(String[]::new));

  static final Parameter ADMISSION =
      Parameter.choice(
          "admission",
          "forced: every missed unit enters; bypass: only one whose rank beats the victim's",
          FORCED,
          BYPASS);

  static final Parameter SCOPE =
      Parameter.choice(
          "scope", "of experts: a cache for each layer, or one for all layers", "layer", GLOBAL);

  static final List<Parameter> COMMON = List.of(OVERFLOW, ADMISSION, SCOPE);

  private CacheParameters() {}

  static OverflowRule overflow(Choice parameters, CacheContext context) {
    return OverflowRules.ALL.get(parameters.text(OVERFLOW.name())).create(context);
  }

  static boolean bypasses(Choice parameters) {
    return parameters.text(ADMISSION.name()).equals(BYPASS);
  }

  /** Refuses a rule that would change nothing. */
  static void check(Choice parameters) {
    if (bypasses(parameters)
        && !parameters.text(OVERFLOW.name()).equals(OverflowRules.ALL.names().get(0))) {
      throw new UserException(
          "cache "
              + parameters.name()
              + ": with admission=bypass ranks say what enters, so that an overflow rule says"
              + " nothing; leave one of them out");
    }
  }

  /** Refuses what says nothing of units that share a budget of bytes, all of which enter. */
  static void checkSized(Choice parameters) {
    for (Parameter parameter : List.of(OVERFLOW, ADMISSION)) {
      String name = parameter.name();
      String preset = parameter.range().words().get(0);
      if (parameters.has(name) && !parameters.text(name).equals(preset)) {
        throw new UserException(
            "cache %s: %s=%s says nothing of experts, all of which enter; leave it out"
                .formatted(parameters.name(), name, parameters.text(name)));
      }
    }
  }
}
