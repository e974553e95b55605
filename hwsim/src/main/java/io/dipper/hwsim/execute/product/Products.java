package io.dipper.hwsim.execute.product;

import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.weight.WeightType;

/**
 * Products of stored weights with float32 activations, a row or a column at a time. Weights lie as
 * {@link WeightType} has them: blocks with their scales. The order of the additions is fixed, so
 * every implementation gives the same bits: {@value #LANES} sums, weight i going to sum {@code i
 * mod 8}. Weights that have a scale in common, a block or in the K-types a group of it, are added
 * up by themselves before that scale is multiplied with, which is the block's times the group's; so
 * are their activations where an offset is multiplied with these, and the weights' part comes
 * first. Groups follow one another as their weights do. At the end the sums of the upper half are
 * added to those of the lower, until one is left.
 */
public interface Products {
  /** The number of sums that are added up side by side. */
  int LANES = 8;

  /** Those of a type, the fastest that this JVM can run. */
  static Products of(WeightType type) {
    Factory factory =
        Simd.choose(
            Factory.class,
            "io.dipper.hwsim.execute.product.VectorProductsFactory",
            () -> Products::scalar);
    return factory.of(type);
  }

  /** Makes products of a type. */
  interface Factory {
    Products of(WeightType type);
  }

  /** Plain loops. */
  static Products scalar(WeightType type) {
    return new ScalarProducts(Blocks.of(type));
  }

  /**
   * The scalar product of weights with as many activations.
   *
   * @param at the place of the first block
   * @param weights their number, whole blocks
   */
  float dot(byte[] stored, int at, float[] activations, int weights);

  /** Adds weights, each times one activation, to as many sums. */
  void add(byte[] stored, int at, float activation, float[] sums, int weights);

  /** Adds the lanes up, in a tree. */
  static float total(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
