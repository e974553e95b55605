package io.dipper.hwsim.replay.expert;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.List;
import java.util.function.IntFunction;

/** The policies that choose experts, as users find them. */
public final class ExpertPolicies {
  private static final int MOST = 4096;

  private static final Parameter K =
      Parameter.integer("k", 1, MOST, "experts per token (default: the model's)").as(Role.AMOUNT);

  private static final Parameter KEPT =
      Parameter.integer("j", 0, MOST, "experts of the highest rank that are always taken").or(1);

  /** In the order of the documentation. */
  public static final List<Declared<PolicyFactory>> ENTRIES =
      List.of(
          Description.of("router", "the k experts that the router scores highest", "-")
              .with(K)
              .having(Trait.SCORES_ACTIVATIONS, Trait.CHOOSES_EXPERTS)
              .by(ExpertPolicies::router),
          Description.of(
                  "top-p",
                  "the fewest experts whose shares sum to p",
                  "Huang et al., arXiv 2403.07652")
              .with(
                  Parameter.share("p", 0, "that the shares sum to").or(0.8).as(Role.AMOUNT),
                  Parameter.integer("k_max", 1, MOST, "the most experts (default: the model's k)"))
              .having(Trait.SCORES_ACTIVATIONS, Trait.CHOOSES_EXPERTS, Trait.NEEDS_LOGITS)
              .by(ExpertPolicies::topP),
          Description.of(
                  "drop-cold",
                  "the router's experts, but for those that are not cached and weigh less than f / k;"
                      + " prompts are left alone",
                  "-")
              .with(
                  Parameter.number(
                          "f", 0, MOST, "times the mean weight: what weighs less is dropped")
                      .or(0.5)
                      .as(Role.AMOUNT))
              .having(Trait.SCORES_ACTIVATIONS, Trait.CHOOSES_EXPERTS, Trait.LOOKS_AT_CACHE)
              .by(ExpertPolicies::dropCold),
          Description.of(
                  "cache-prior",
                  "the k highest once cached experts are scored higher by lambda times the mean range"
                      + " of logits; the j highest always",
                  "Skliar et al., arXiv 2412.00099")
              .with(
                  Parameter.number("lambda", 0, 10, "how much a cached expert is favoured")
                      .or(0.5)
                      .as(Role.TRADE),
                  KEPT)
              .having(
                  Trait.SCORES_ACTIVATIONS,
                  Trait.CHOOSES_EXPERTS,
                  Trait.LOOKS_AT_CACHE,
                  Trait.NEEDS_LOGITS)
              .by(ExpertPolicies::cachePrior),
          Description.of(
                  "max-rank",
                  "the j highest, then cached experts among the m highest, then by rank, k in all",
                  "Skliar et al., arXiv 2412.00099")
              .with(
                  KEPT,
                  Parameter.integer("m", 1, MOST, "ranks in which cached experts go first")
                      .or(8)
                      .as(Role.TRADE))
              .having(
                  Trait.SCORES_ACTIVATIONS,
                  Trait.CHOOSES_EXPERTS,
                  Trait.LOOKS_AT_CACHE,
                  Trait.NEEDS_LOGITS)
              .by(ExpertPolicies::maxRank));

  private ExpertPolicies() {}

  private static RoutedPolicy router(Choice parameters, PolicyContext context) {
    int k = count(parameters, "k", context);
    boolean recordedOnly = context.recording() != null && !hasLogits(context);
    int most = context.shape().getExpertsPerToken();
    if (recordedOnly && k > most) {
      throw new UserException(
          "policy router: k=%d, and the trace holds %d experts of each token; give at most that many"
              .formatted(k, most));
    }
    return policy(parameters, context, layer -> new TopExperts(k));
  }

  private static RoutedPolicy topP(Choice parameters, PolicyContext context) {
    int most = count(parameters, "k_max", context);
    double p = parameters.number("p");
    return policy(parameters, context, layer -> new NucleusExperts(p, most));
  }

  private static RoutedPolicy dropCold(Choice parameters, PolicyContext context) {
    double f = parameters.number("f");
    return policy(parameters, context, layer -> new DropCold(f));
  }

  private static RoutedPolicy cachePrior(Choice parameters, PolicyContext context) {
    double lambda = parameters.number("lambda");
    int kept = parameters.integer("j");
    return policy(parameters, context, layer -> new CachePrior(lambda, kept));
  }

  private static RoutedPolicy maxRank(Choice parameters, PolicyContext context) {
    int kept = parameters.integer("j");
    int ranks = parameters.integer("m");
    return policy(parameters, context, layer -> new MaxRank(kept, ranks));
  }

  private static RoutedPolicy policy(
      Choice parameters, PolicyContext context, IntFunction<ExpertSelector> selectors) {
    ModelShape shape = shape(parameters, context);
    boolean chosen = context.recording() != null && !hasLogits(context);
    return new RoutedPolicy(
        parameters, Experts.group(shape, chosen ? Site.EXPERTS : Site.ROUTER), selectors);
  }

  /** A number of experts: as given, by default the model's k. */
  private static int count(Choice parameters, String name, PolicyContext context) {
    ModelShape shape = shape(parameters, context);
    int k = parameters.has(name) ? parameters.integer(name) : shape.getExpertsPerToken();
    if (k > shape.getExperts()) {
      throw new UserException(
          "policy %s: %s=%d, and %s has %d experts in a layer"
              .formatted(parameters.name(), name, k, shape.getName(), shape.getExperts()));
    }
    return k;
  }

  /** The shape, once it is certain that the policy can work on it. */
  private static ModelShape shape(Choice parameters, PolicyContext context) {
    ModelShape shape = context.shape();
    if (shape.getExperts() == 0) {
      throw new UserException(
          "policy %s chooses among experts, and %s has none; dipper policies list shows the others"
              .formatted(parameters.name(), shape.getName()));
    }
    boolean needsLogits =
        ENTRIES.stream()
            .map(Declared::description)
            .filter(d -> d.name().equals(parameters.name()))
            .anyMatch(d -> d.has(Trait.NEEDS_LOGITS));
    if (needsLogits && context.recording() != null && !hasLogits(context)) {
      throw new UserException(
          "policy "
              + parameters.name()
              + " needs the logits of all experts, and the trace holds the chosen experts alone;"
              + " choose router or drop-cold, or record a trace of the model with dipper trace");
    }
    return shape;
  }

  private static boolean hasLogits(PolicyContext context) {
    return context.recording() != null && context.recording().sites().contains(Site.ROUTER);
  }

  /** Whether a policy has a trait. */
  static boolean declares(String policy, Trait trait) {
    return ENTRIES.stream()
        .map(Declared::description)
        .anyMatch(d -> d.name().equals(policy) && d.has(trait));
  }
}
