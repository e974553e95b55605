package io.dipper.cli.command;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.policy.Policies;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A policy as it is written on the command line, without what is anyhow the default. */
final class PolicyText {
  private PolicyText() {}

  /**
   * @param name of the policy
   * @param parameters as a JSON object, defaults filled in: the column of the results
   */
  static String of(String name, String parameters) {
    Struct.Builder values = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(parameters, values);
    } catch (InvalidProtocolBufferException e) {
      return name + ":" + parameters;
    }
    String text =
        values.getFieldsMap().entrySet().stream()
            .filter(entry -> !isDefault(name, entry))
            .map(entry -> entry.getKey() + "=" + Parameter.print(entry.getValue()))
            .collect(Collectors.joining(","));
    return text.isEmpty() ? name : name + ":" + text;
  }

  private static boolean isDefault(String name, Map.Entry<String, Value> value) {
    Optional<PolicyDescription> policy =
        Policies.all().stream().filter(p -> p.name().equals(name)).findFirst();
    return policy.stream()
        .flatMap(p -> p.parameters().stream())
        .anyMatch(
            parameter ->
                parameter.name().equals(value.getKey())
                    && Objects.equals(parameter.defaultValue(), value.getValue()));
  }
}
