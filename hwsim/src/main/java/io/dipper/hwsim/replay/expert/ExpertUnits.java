package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ModelShape;
import java.util.Arrays;

/**
 * The experts of all layers, and what each weighs.
 *
 * @param experts the number E of a layer
 * @param layers those that have experts, in order; here and elsewhere in this room a layer is
 *     counted among them
 * @param bytes of an expert, by layer
 */
public record ExpertUnits(int experts, int[] layers, long[] bytes) {
  /** The experts of a model. */
  public static ExpertUnits of(ModelShape shape, ExpertSlices slices) {
    int[] layers = Experts.layers(shape);
    return new ExpertUnits(
        shape.getExperts(), layers, Arrays.stream(layers).mapToLong(slices::bytes).toArray());
  }

  /** How many layers have experts. */
  public int layerCount() {
    return layers.length;
  }

  /** The bytes of the experts that a token takes, k in each layer: one token's cycle. */
  public long cycleBytes(int perToken) {
    return perToken * Arrays.stream(bytes).sum();
  }

  /** The bytes of all experts. */
  public long allBytes() {
    return experts * Arrays.stream(bytes).sum();
  }
}
