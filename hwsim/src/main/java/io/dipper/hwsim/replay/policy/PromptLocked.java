package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.List;

/**
 * Prompt-locked masks (GRIFFIN): the prompt runs dense, and the GLU units of each layer that
 * mattered most over its tokens are all that the answer reads, in all three matrices. So the answer
 * loads them once.
 *
 * <p>The prompt is the first tokens of each sequence. A device has no activations of units that a
 * mask leaves out, so that a renewal needs a token that runs dense: the mask is then chosen over
 * the prompt and all such tokens.
 */
final class PromptLocked {
  static final Parameter PROMPT =
      Parameter.integer("prompt", 1, 1 << 20, "first tokens of each sequence that run dense")
          .in("tokens")
          .or(64)
          .as(Role.TRADE);

  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "prompt-locked",
              "units that were largest over the prompt, in all three matrices, for the whole answer",
              "Dong et al. (GRIFFIN), arXiv 2404.01365")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              PROMPT,
              Parameter.choice(
                  "signal", "activations that units are judged by", "glu", "gate", "up"),
              Parameter.integer(
                      "renew",
                      0,
                      1 << 20,
                      "every so many tokens of the answer one runs dense and renews the mask; 0 for"
                          + " never")
                  .in("tokens")
                  .or(0)
                  .as(Role.TRADE))
          .having(Trait.SCORES_ACTIVATIONS, Trait.LOOKS_AT_PROMPT)
          .by(PromptLocked::create);

  private PromptLocked() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Site site = site(parameters.text("signal"));
    double keep = parameters.number("keep");
    int prompt = (int) parameters.number("prompt");
    int renew = (int) parameters.number("renew");
    return new DeclaredPolicy(
        parameters,
        Groups.scoredBy(context.shape(), site, Matrix.UP, Matrix.GATE, Matrix.DOWN),
        (layer, group) -> {
          int units = group.units();
          return new PromptLockedSelector(Densities.units(keep, units), units, prompt, renew);
        });
  }

  private static Site site(String signal) {
    return switch (signal) {
      case "gate" -> Site.GATE;
      case "up" -> Site.UP;
      default -> Site.GLU;
    };
  }
}
