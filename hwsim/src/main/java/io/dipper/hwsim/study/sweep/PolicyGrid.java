package io.dipper.hwsim.study.sweep;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.dipper.config.Nearest;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.config.YamlScalar;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.proto.PolicySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The policies of a sweep: a name, {@code name:key=value} as on the command line, or a mapping from
 * a name to parameters with one or several values each, of which every combination is a policy.
 */
final class PolicyGrid {
  private static final String EXPECTED = "a policy, e.g. dense or dip: {density: [0.4, 0.5]}";

  private PolicyGrid() {}

  /** Every policy of a node, parameters resolved, in the order of the file. */
  static List<PolicySpec> read(YamlNode node) {
    return Values.list(node, EXPECTED, PolicyGrid::entry).stream().flatMap(List::stream).toList();
  }

  private static List<PolicySpec> entry(YamlNode node) {
    if (!(node instanceof YamlMapping mapping)) {
      YamlScalar text = node.asScalar(EXPECTED);
      return List.of(Values.placed(node, () -> Policies.resolve(Policies.parse(text.text()))));
    }
    List<PolicySpec> policies = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : mapping.values().entrySet()) {
      PolicyDescription description = describe(mapping, entry.getKey());
      policies.addAll(combinations(description, entry.getValue()));
    }
    return policies;
  }

  private static PolicyDescription describe(YamlMapping mapping, String name) {
    return Policies.all().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                mapping
                    .keyAt(name)
                    .error(
                        "unknown policy '"
                            + name
                            + "'; "
                            + Nearest.hint(
                                name,
                                Policies.all().stream().map(PolicyDescription::name).toList())));
  }

  private static List<PolicySpec> combinations(PolicyDescription description, YamlNode node) {
    PolicySpec bare = PolicySpec.newBuilder().setName(description.name()).build();
    if (node instanceof YamlScalar scalar && scalar.isNull()) {
      return List.of(Values.placed(node, () -> Policies.resolve(bare)));
    }
    YamlMapping given = node.asMapping("the policy's parameters, e.g. {density: 0.5}");
    given.allowOnly(description.parameters().stream().map(Parameter::name).toList());
    List<Struct> structs = List.of(Struct.getDefaultInstance());
    for (Parameter parameter : description.parameters()) {
      YamlNode values = given.get(parameter.name());
      if (values != null) {
        structs = extended(structs, parameter.name(), values(parameter, values));
      }
    }
    return structs.stream()
        .map(parameters -> bare.toBuilder().setParameters(parameters).build())
        .map(policy -> Values.placed(node, () -> Policies.resolve(policy)))
        .toList();
  }

  private static List<Struct> extended(List<Struct> structs, String name, List<Value> values) {
    List<Struct> longer = new ArrayList<>();
    for (Struct struct : structs) {
      values.forEach(value -> longer.add(struct.toBuilder().putFields(name, value).build()));
    }
    return longer;
  }

  private static List<Value> values(Parameter parameter, YamlNode node) {
    String expected = parameter.range();
    return switch (parameter.kind()) {
      case NUMBER ->
          Values.numbers(node, expected).stream().map(n -> number(parameter, n)).toList();
      case FLAG ->
          Values.list(node, expected, item -> item.asScalar(expected).asBoolean()).stream()
              .map(flag -> Value.newBuilder().setBoolValue(flag).build())
              .toList();
      case FILE ->
          Values.list(node, expected, item -> item.asScalar(expected).text()).stream()
              .map(file -> Value.newBuilder().setStringValue(file).build())
              .toList();
    };
  }

  private static Value number(Parameter parameter, Values.Number number) {
    if (number.value() < parameter.min() || number.value() > parameter.max()) {
      throw number
          .at()
          .error(
              parameter.name() + " is " + number.at().text() + "; it must be " + parameter.range());
    }
    return Value.newBuilder().setNumberValue(number.value()).build();
  }
}
