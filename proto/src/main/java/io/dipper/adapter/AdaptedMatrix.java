package io.dipper.adapter;

import io.dipper.predictor.LowRankMap;

/**
 * What an adapter adds to one matrix of a model: {@code y += scale · x A B}.
 *
 * @param layer 0-based
 * @param map A of {@code inputs x rank} and B of {@code rank x outputs}
 * @param scale alpha / rank, or alpha / √rank where the adapter is rank-stabilised
 */
public record AdaptedMatrix(int layer, AdapterTarget target, LowRankMap map, float scale) {
  /** Its module's name in a Hugging Face model. */
  public String module() {
    return "model.layers." + layer + "." + target.module();
  }
}
