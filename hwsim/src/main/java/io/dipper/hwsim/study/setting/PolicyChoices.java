package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Choice;
import java.nio.file.Path;
import java.util.List;

/** Masking policies. */
final class PolicyChoices extends Choices<PolicySpec> {
  PolicyChoices() {
    super(Policies.registry());
  }

  @Override
  public String expected() {
    return "a policy, e.g. dense or dip: {density: [0.4, 0.5]}";
  }

  @Override
  public PolicySpec parse(String text) {
    return Policies.parse(text);
  }

  @Override
  Choice choice(PolicySpec value) {
    return new Choice(value.getName(), value.getParameters());
  }

  @Override
  List<PolicySpec> make(Choice choice, Written written) {
    return List.of(Policies.of(choice));
  }

  @Override
  public List<Path> inputs(PolicySpec value) {
    return Policies.files(value);
  }
}
