package io.dipper.hwsim.mask;

import com.google.protobuf.Value;
import io.dipper.proto.PolicySpec;

/**
 * The parameters of a resolved policy, by name and type; asking for an absent one is a bug.
 *
 * @param spec the resolved policy
 */
record Parameters(PolicySpec spec) {
  boolean has(String name) {
    return spec.getParameters().containsFields(name);
  }

  double number(String name) {
    return value(name).getNumberValue();
  }

  boolean flag(String name) {
    return value(name).getBoolValue();
  }

  String text(String name) {
    return value(name).getStringValue();
  }

  private Value value(String name) {
    return spec.getParameters().getFieldsOrThrow(name);
  }
}
