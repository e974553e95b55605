package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Value;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import java.util.List;

/**
 * What the policies of a sweep declare of their parameters: which say how much is kept, and what
 * need not be spelt out. A policy that is not known here, e.g. of a plugin that is absent, has no
 * entry.
 */
final class PolicyData {
  private PolicyData() {}

  /** By policy {@code amounts}, a list of names, and {@code usual}, values by name. */
  static ObjectNode of(List<PointRow> points) {
    ObjectNode policies = JsonNodeFactory.instance.objectNode();
    points.stream()
        .map(PointRow::policy)
        .distinct()
        .flatMap(name -> Policies.registry().described(name).stream())
        .forEach(policy -> add(policy, policies.putObject(policy.name())));
    return policies;
  }

  private static void add(Description policy, ObjectNode to) {
    var amounts = to.putArray("amounts");
    policy.parameterNames(Role.AMOUNT).forEach(amounts::add);
    ObjectNode usual = to.putObject("usual");
    for (Parameter parameter : policy.parameters()) {
      Value preset = parameter.defaultValue();
      if (parameter.role() == Role.DETAIL && preset != null) {
        put(usual, parameter.name(), preset);
      }
    }
  }

  private static void put(ObjectNode to, String name, Value value) {
    switch (value.getKindCase()) {
      case NUMBER_VALUE -> to.put(name, value.getNumberValue());
      case BOOL_VALUE -> to.put(name, value.getBoolValue());
      default -> to.put(name, value.getStringValue());
    }
  }
}
