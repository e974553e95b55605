package io.dipper.hwsim.replay.policy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.Parameters;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.mask.PolicyEntry;
import io.dipper.proto.PolicySpec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The masking policies there are: named explicitly, checked against their declarations. */
public final class Policies {
  private static final List<PolicyEntry> ENTRIES =
      List.of(
          Dense.ENTRY,
          GluPruning.ENTRY,
          GluOracle.ENTRY,
          GatePruning.ENTRY,
          UpPruning.ENTRY,
          Cats.ENTRY,
          Dip.ENTRY,
          DipCa.ENTRY,
          ApproximateCaching.ENTRY,
          Teal.ENTRY,
          Wina.ENTRY);

  private Policies() {}

  /** Every policy, in the order of the documentation. */
  public static List<PolicyDescription> all() {
    return ENTRIES.stream().map(PolicyEntry::description).toList();
  }

  /** The files that a policy reads: a trace to calibrate on, if it names one. */
  public static List<Path> files(PolicySpec spec) {
    Value file = spec.getParameters().getFieldsMap().get(PolicyContext.CALIBRATION);
    return file == null ? List.of() : List.of(Path.of(file.getStringValue()));
  }

  /**
   * Reads {@code name} or {@code name:key=value,key=value}; nothing but the form is checked.
   *
   * @throws UserException if the form is wrong
   */
  public static PolicySpec parse(String text) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).strip();
    Struct.Builder parameters = Struct.newBuilder();
    if (colon >= 0) {
      for (String assignment : text.substring(colon + 1).split(",", -1)) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
          throw new UserException(
              "policy '"
                  + text
                  + "': '"
                  + assignment
                  + "' is not key=value; write it as"
                  + " name:key=value,key=value");
        }
        String key = assignment.substring(0, equals).strip();
        if (parameters.containsFields(key)) {
          throw new UserException("policy '" + text + "': " + key + " is given twice");
        }
        parameters.putFields(key, value(assignment.substring(equals + 1).strip()));
      }
    }
    return PolicySpec.newBuilder().setName(name).setParameters(parameters).build();
  }

  private static Value value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Values.of(text.equals("true"));
    }
    try {
      return Values.of(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return Values.of(text);
    }
  }

  /**
   * The same policy with every default filled in, in the order of its declaration.
   *
   * @throws UserException if the policy or a parameter is unknown, missing or out of range
   */
  public static PolicySpec resolve(PolicySpec spec) {
    PolicyDescription description = entry(spec.getName()).description();
    Map<String, Value> given = spec.getParameters().getFieldsMap();
    List<String> known = description.parameters().stream().map(Parameter::name).toList();
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        throw error(
            spec,
            "unknown parameter '"
                + key
                + "'; "
                + (known.isEmpty() ? "it has none" : Nearest.hint(key, known)));
      }
    }
    checkAlternatives(spec, description);
    Struct.Builder resolved = Struct.newBuilder();
    for (Parameter parameter : description.parameters()) {
      Value value = given.get(parameter.name());
      if (value == null) {
        value = parameter.defaultValue();
      } else if (!parameter.allows(value)) {
        throw error(
            spec,
            parameter.name()
                + " is "
                + Parameter.print(value)
                + "; it must be "
                + parameter.range());
      }
      if (value != null) {
        resolved.putFields(parameter.name(), value);
      }
    }
    return spec.toBuilder().setParameters(resolved).build();
  }

  private static void checkAlternatives(PolicySpec spec, PolicyDescription description) {
    if (description.alternatives().isEmpty()) {
      return;
    }
    List<String> given =
        description.alternatives().stream()
            .flatMap(List::stream)
            .filter(spec.getParameters()::containsFields)
            .toList();
    if (!description.alternatives().contains(given)) {
      String choices =
          description.alternatives().stream()
              .map(names -> String.join(" and ", names))
              .collect(Collectors.joining(", or "));
      String found = given.isEmpty() ? "" : " (given: " + String.join(", ", given) + ")";
      throw error(spec, "give " + choices + found);
    }
  }

  /**
   * Makes a policy; its parameters are resolved first.
   *
   * @throws UserException if they do not hold, or if what the policy needs is not in the context
   */
  public static MaskPolicy create(PolicySpec spec, PolicyContext context) {
    return entry(spec.getName()).factory().create(new Parameters(resolve(spec)), context);
  }

  /** Whether every unit is selected: the model as it is. */
  public static boolean isDense(PolicySpec spec) {
    return spec.getName().equals("dense");
  }

  /** Whether a policy's masks depend on activations, so that it needs a trace. */
  public static boolean scoresActivations(PolicySpec spec) {
    return entry(spec.getName()).scoresActivations();
  }

  private static PolicyEntry entry(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.description().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown policy '"
                        + name
                        + "'; "
                        + Nearest.hint(
                            name, all().stream().map(PolicyDescription::name).toList())));
  }

  private static UserException error(PolicySpec spec, String what) {
    return new UserException("policy " + spec.getName() + ": " + what);
  }
}
