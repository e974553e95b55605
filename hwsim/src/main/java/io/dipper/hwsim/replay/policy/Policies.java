package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.expert.ExpertPolicies;
import io.dipper.hwsim.replay.mask.IdentifiedPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.mask.PolicyProvider;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.FileContents;
import io.dipper.registry.PluginFailure;
import io.dipper.registry.Plugins;
import io.dipper.registry.Registry;
import io.dipper.registry.Trait;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The masking policies there are: named explicitly, checked against their declarations. */
public final class Policies {
  private static final String KIND = "policy";

  private static final List<Declared<PolicyFactory>> OF_UNITS =
      List.of(
          Dense.ENTRY,
          GluPruning.ENTRY,
          GluOracle.ENTRY,
          GatePruning.ENTRY,
          UpPruning.ENTRY,
          Cats.ENTRY,
          Chess.ENTRY,
          Dip.ENTRY,
          DipCa.ENTRY,
          ApproximateCaching.ENTRY,
          Teal.ENTRY,
          Wina.ENTRY,
          Nucleus.ENTRY,
          NOfM.ENTRY,
          LookAhead.ENTRY,
          Predictive.ENTRY,
          PromptLocked.ENTRY,
          HotMask.ENTRY,
          RecordedUnits.ENTRY);

  private static final List<Declared<PolicyFactory>> BUILT_IN =
      Stream.concat(
              OF_UNITS.stream(),
              ExpertPolicies.ENTRIES.stream().map(new MasksInside(OF_UNITS)::offered))
          .toList();

  private static final Registry<PolicyFactory> ENTRIES =
      new Registry<>(KIND, () -> Plugins.current().extend(KIND, BUILT_IN, PolicyProvider.class));

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
    return List.copyOf(ENTRIES.files(choice(spec)).values());
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
   * The policy with every default filled in, in the order of its declaration, and with a digest of
   * each file that it names and has no digest of.
   *
   * @throws UserException if the policy or a parameter is unknown, missing or out of range, or a
   *     file cannot be read
   */
  public static PolicySpec resolve(PolicySpec spec) {
    return resolved(ENTRIES.resolve(choice(spec)), spec.getFileSha256Map());
  }

  /** A resolved policy of a choice; see {@link #resolve}. */
  public static PolicySpec of(Choice choice) {
    return resolved(ENTRIES.resolve(choice), Map.of());
  }

  /**
   * Makes a policy; its parameters are resolved first.
   *
   * @throws UserException if they do not hold, or if what the policy needs is not in the context
   */
  public static MaskPolicy create(PolicySpec spec, PolicyContext context) {
    PolicySpec resolved = resolve(spec);
    FileContents.check(ENTRIES.files(choice(resolved)), resolved.getFileSha256Map());
    Declared<PolicyFactory> entry = ENTRIES.find(spec.getName());
    MaskPolicy policy =
        PluginFailure.guard(entry, KIND, () -> entry.value().create(choice(resolved), context));
    Set<Trait> traits = entry.description().traits();
    boolean saysSo = policy.spec().equals(resolved) && traits.stream().allMatch(policy::has);
    return saysSo ? policy : new IdentifiedPolicy(resolved, traits, policy);
  }

  /**
   * Whether a policy has a trait.
   *
   * @throws UserException if there is no such policy
   */
  public static boolean has(PolicySpec spec, Trait trait) {
    return describe(spec.getName()).has(trait);
  }

  /** How many of each sequence's first tokens a resolved policy leaves dense as a prompt. */
  public static int densePrompt(PolicySpec spec) {
    return has(spec, Trait.LOOKS_AT_PROMPT)
        ? (int) choice(spec).number(PromptLocked.PROMPT.name())
        : 0;
  }

  private static Choice choice(PolicySpec spec) {
    return new Choice(spec.getName(), spec.getParameters());
  }

  private static PolicySpec resolved(Choice choice, Map<String, String> digests) {
    return spec(choice).toBuilder()
        .putAllFileSha256(digests.isEmpty() ? FileContents.digests(ENTRIES.files(choice)) : digests)
        .setPluginSha256(ENTRIES.find(choice.name()).plugin())
        .build();
  }

  private static PolicySpec spec(Choice choice) {
    return PolicySpec.newBuilder()
        .setName(choice.name())
        .setParameters(choice.parameters())
        .build();
  }
}
