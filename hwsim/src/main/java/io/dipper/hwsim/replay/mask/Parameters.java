package io.dipper.hwsim.replay.mask;

import com.google.protobuf.Value;
import io.dipper.proto.PolicySpec;

/**
 * The parameters of a resolved policy, by name and type; asking for an absent one is a bug.
 *
 * @param spec the resolved policy
 */
public record Parameters(PolicySpec spec) {
  public boolean has(String name) {
    return spec.getParameters().containsFields(name);
  }

  public double number(String name) {
    return value(name).getNumberValue();
  }

  public boolean flag(String name) {
    return value(name).getBoolValue();
  }

  public String text(String name) {
    return value(name).getStringValue();
  }

  private Value value(String name) {
    return spec.getParameters().getFieldsOrThrow(name);
  }
}
