package io.dipper.predictor;

import io.dipper.trace.Site;
import java.util.List;

/**
 * A learned guess, from what enters an MLP, at which of its GLU units will matter.
 *
 * @param layers one map per layer of the model, all of one shape
 * @param look what it looks at and what it was trained to find
 * @param bits that a weight takes where it is resident
 */
public record Predictor(List<LowRankMap> layers, Look look, double bits) {
  /**
   * What a predictor looks at, and what it was trained to find.
   *
   * @param layersBack whose layer's input it looks at: 0 for that of the layer itself, 1 for that
   *     of the layer before
   * @param target the site whose largest magnitudes it finds: GLU, gate or up
   * @param keep the share of units that counted as large in training
   * @param modelSha256 the model that the activations came from
   */
  public record Look(int layersBack, Site target, double keep, String modelSha256) {}

  public Predictor {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a predictor has a map for each layer");
    }
  }

  /** The rank of its maps. */
  public int rank() {
    return layers.get(0).rank();
  }
}
