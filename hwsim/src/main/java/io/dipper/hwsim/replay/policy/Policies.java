package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Choice;
import io.dipper.registry.Description;
import io.dipper.registry.Registry;
import io.dipper.registry.Trait;
import java.nio.file.Path;
import java.util.List;

/** The masking policies there are: named explicitly, checked against their declarations. */
public final class Policies {
  private static final Registry<PolicyFactory> ENTRIES =
      Registry.of(
          "policy",
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

  /** What there is to choose. */
  public static Registry<PolicyFactory> registry() {
    return ENTRIES;
  }

  /** Every policy, in the order of the documentation. */
  public static List<Description> all() {
    return ENTRIES.all();
  }

  /**
   * What users are told of a policy.
   *
   * @throws UserException if there is none of that name
   */
  public static Description describe(String name) {
    return ENTRIES.find(name).description();
  }

  /** The files that a policy reads, e.g. a trace to calibrate on. */
  public static List<Path> files(PolicySpec spec) {
    return ENTRIES.files(choice(spec));
  }

  /**
   * Reads {@code name} or {@code name:key=value,key=value}; nothing but the form is checked.
   *
   * @throws UserException if the form is wrong
   */
  public static PolicySpec parse(String text) {
    return spec(Choice.parse("policy", text));
  }

  /**
   * The policy with every default filled in, in the order of its declaration.
   *
   * @throws UserException if the policy or a parameter is unknown, missing or out of range
   */
  public static PolicySpec resolve(PolicySpec spec) {
    return spec(ENTRIES.resolve(choice(spec)));
  }

  /** A resolved policy of a choice; see {@link #resolve}. */
  public static PolicySpec of(Choice choice) {
    return spec(ENTRIES.resolve(choice));
  }

  /**
   * Makes a policy; its parameters are resolved first.
   *
   * @throws UserException if they do not hold, or if what the policy needs is not in the context
   */
  public static MaskPolicy create(PolicySpec spec, PolicyContext context) {
    Choice resolved = ENTRIES.resolve(choice(spec));
    return ENTRIES.get(resolved.name()).create(resolved, context);
  }

  /**
   * Whether a policy has a trait.
   *
   * @throws UserException if there is no such policy
   */
  public static boolean has(PolicySpec spec, Trait trait) {
    return describe(spec.getName()).has(trait);
  }

  private static Choice choice(PolicySpec spec) {
    return new Choice(spec.getName(), spec.getParameters());
  }

  private static PolicySpec spec(Choice choice) {
    return PolicySpec.newBuilder()
        .setName(choice.name())
        .setParameters(choice.parameters())
        .build();
  }
}
