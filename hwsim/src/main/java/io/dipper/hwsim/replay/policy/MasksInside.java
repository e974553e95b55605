package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.expert.ExpertPolicy;
import io.dipper.hwsim.replay.expert.MaskInside;
import io.dipper.hwsim.replay.expert.MaskedExperts;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks inside experts, as parameters of the policies that choose these: {@code
 * router:k=3,inside=glu,keep=0.5} is the policy {@code glu:keep=0.5} on the MLP of each expert that
 * {@code router:k=3} chooses.
 *
 * <p>Policies that choose by what is cached have no such parameters.
 */
final class MasksInside {
  private static final String INSIDE = "inside";

  private static final Parameter KEEP =
      Parameter.share("keep", 0, "share of each expert's GLU units that this mask keeps")
          .as(Role.AMOUNT);

  private final List<Declared<PolicyFactory>> masks;
  private final Parameter inside;

  /**
   * @param policies of units, of which those that can mask experts are taken
   */
  MasksInside(List<Declared<PolicyFactory>> policies) {
    masks =
        policies.stream().filter(entry -> entry.description().has(Trait.MASKS_EXPERTS)).toList();
    inside =
        Parameter.choice(
                INSIDE,
                "the policy that masks the GLU units of each chosen expert (default: none)",
                masks.stream().map(Declared::name).toArray(String[]::new))
            .orAbsent()
            .as(Role.TRADE);
  }

  /** A policy of experts, offered with masks inside them where it can have such. */
  Declared<PolicyFactory> offered(Declared<PolicyFactory> entry) {
    if (entry.description().has(Trait.LOOKS_AT_CACHE)) {
      return entry;
    }
    PolicyFactory choose = entry.value();
    return entry
        .description()
        .with(inside, KEEP)
        .by((parameters, context) -> masked(parameters, context, choose));
  }

  private MaskPolicy masked(Choice parameters, PolicyContext context, PolicyFactory choose) {
    if (parameters.has(INSIDE) != parameters.has(KEEP.name())) {
      throw new UserException(
          "policy %s: inside and keep belong together; give both, as in %s:inside=glu,keep=0.5, or none"
              .formatted(parameters.name(), parameters.name()));
    }
    MaskPolicy chosen = choose.create(parameters, context);
    if (!parameters.has(INSIDE)) {
      return chosen;
    }
    checkCount(parameters, context.shape());
    MaskPolicy mask = mask(parameters, context);
    Site site = ExpertActivations.siteOf(mask.groups().get(0).scored().site());
    return new MaskedExperts((ExpertPolicy) chosen, new MaskInside(mask, site));
  }

  /** The policy of that name, on the MLP of one expert. */
  private MaskPolicy mask(Choice parameters, PolicyContext context) {
    String name = parameters.text(INSIDE);
    Declared<PolicyFactory> entry =
        masks.stream().filter(mask -> mask.name().equals(name)).findFirst().orElseThrow();
    Choice keep =
        Choice.of(name)
            .with(KeptShare.KEEP.name(), parameters.parameters().getFieldsOrThrow("keep"));
    Recording recording = context.recording();
    return entry
        .value()
        .create(keep, new PolicyContext(Experts.mlp(context.shape()), of(recording)));
  }

  private static @Nullable Recording of(@Nullable Recording recording) {
    return recording == null ? null : new ExpertActivations(recording);
  }

  /** Activations are recorded of the experts that the model's own router chose. */
  private static void checkCount(Choice parameters, ModelShape shape) {
    for (String count : List.of("k", "k_max")) {
      if (parameters.has(count) && parameters.integer(count) > shape.getExpertsPerToken()) {
        throw new UserException(
            "policy %s: %s=%d, and masks inside experts go by the activations of the %d that the model chooses; give at most that many, or leave inside out"
                .formatted(
                    parameters.name(),
                    count,
                    parameters.integer(count),
                    shape.getExpertsPerToken()));
      }
    }
  }
}
