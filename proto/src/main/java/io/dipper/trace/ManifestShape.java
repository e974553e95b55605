package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.List;

/** Whether the shape of a manifest's model gives each recorded site a width. */
final class ManifestShape {
  private ManifestShape() {}

  /**
   * @throws IllegalArgumentException where it does not; its message says what is wrong
   */
  static void check(ModelShape shape, List<Site> sites) {
    if (shape.getLayers() <= 0) {
      throw new IllegalArgumentException("the model's layers must be positive");
    }
    int routed = shape.getRoutedCount();
    if (routed != 0 && routed != shape.getLayers()) {
      throw new IllegalArgumentException(
          "routed has "
              + routed
              + " entries, want one for each of "
              + shape.getLayers()
              + " layers");
    }
    long gluWidth = (long) shape.getExpertsPerToken() * shape.getExpertIntermediateSize();
    if (shape.getExperts() < 0
        || shape.getExpertsPerToken() < 0
        || shape.getExpertIntermediateSize() < 0
        || gluWidth > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "experts, expertsPerToken and expertIntermediateSize are counts, and the product of the"
              + " last two at most "
              + Integer.MAX_VALUE);
    }
    if (shape.getExpertsPerToken() > shape.getExperts()) {
      throw new IllegalArgumentException(
          "expertsPerToken is "
              + shape.getExpertsPerToken()
              + ", want at most the "
              + shape.getExperts()
              + " experts");
    }
    for (Site site : sites) {
      if (site.layers(shape) == 0) {
        throw new IllegalArgumentException(
            "site '" + site.id() + "' is recorded, and no layer of the model has it");
      }
      if (site.width(shape) <= 0) {
        throw new IllegalArgumentException(
            "the model's " + sizes(site) + " must be positive for site '" + site.id() + "'");
      }
    }
  }

  private static String sizes(Site site) {
    return switch (site) {
      case X -> "hiddenSize";
      case GATE, UP, GLU -> "intermediateSize";
      case ROUTER, ROUTER_AHEAD -> "experts";
      case EXPERT_GATE, EXPERT_UP, EXPERT_GLU -> "expertsPerToken and expertIntermediateSize";
      case EXPERTS, EXPERT_WEIGHTS -> "expertsPerToken";
    };
  }
}
