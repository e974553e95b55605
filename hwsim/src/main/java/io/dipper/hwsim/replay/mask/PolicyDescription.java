package io.dipper.hwsim.replay.mask;

import java.util.List;

/**
 * What users are told of a policy, and what its parameters are checked against.
 *
 * @param name as users write it
 * @param summary one sentence: what is selected
 * @param source where the policy comes from
 * @param alternatives sets of parameters of which exactly one must be given, and whole; empty where
 *     every parameter may be left out
 * @param parameters all parameters
 */
public record PolicyDescription(
    String name,
    String summary,
    String source,
    List<List<String>> alternatives,
    List<Parameter> parameters) {
  public PolicyDescription {
    alternatives = List.copyOf(alternatives);
    parameters = List.copyOf(parameters);
  }
}
