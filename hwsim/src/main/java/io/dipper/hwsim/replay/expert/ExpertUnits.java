package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.proto.ModelShape;
import java.util.Arrays;
import java.util.Set;

/**
 * The experts of all layers as units of caches, and what each weighs. An expert is one unit; under
 * a mask inside experts it is one for the matrices that are read whole, and one more for each of
 * its columns, which is a GLU unit's part of the other matrices.
 *
 * @param experts the number E of a layer
 * @param layers those that have experts, in order; here and elsewhere in this room a layer is
 *     counted among them
 * @param bytes of an expert, by layer
 * @param columns how many columns of an expert are units of their own
 * @param columnBytes what these take of an expert, all together, by layer
 */
public record ExpertUnits(
    int experts, int[] layers, long[] bytes, int columns, long[] columnBytes) {
  /** Experts that are one unit each. */
  public ExpertUnits(int experts, int[] layers, long[] bytes) {
    this(experts, layers, bytes, 0, new long[layers.length]);
  }

  /** The experts of a model, each one unit. */
  public static ExpertUnits of(ModelShape shape, ExpertSlices slices) {
    return of(shape, slices, Set.of());
  }

  /**
   * The experts of a model.
   *
   * @param masked the matrices whose columns are units of their own; empty where experts are whole
   */
  public static ExpertUnits of(ModelShape shape, ExpertSlices slices, Set<Matrix> masked) {
    int[] layers = Experts.layers(shape);
    return new ExpertUnits(
        shape.getExperts(),
        layers,
        Arrays.stream(layers).mapToLong(slices::bytes).toArray(),
        masked.isEmpty() ? 0 : shape.getExpertIntermediateSize(),
        Arrays.stream(layers).mapToLong(layer -> slices.bytes(layer, masked)).toArray());
  }

  /** How many layers have experts. */
  public int layerCount() {
    return layers.length;
  }

  /** How many units a layer has. */
  int perLayer() {
    return Math.multiplyExact(experts, 1 + columns);
  }

  /** The unit that is an expert, but for its columns. */
  int unit(int expert) {
    return expert * (1 + columns);
  }

  /** The unit that is a column of an expert. */
  int unit(int expert, int column) {
    return unit(expert) + 1 + column;
  }

  /** Whether a unit is a column. */
  boolean isColumn(int unit) {
    return unit % (1 + columns) != 0;
  }

  /** The expert that a unit is, or belongs to. */
  int expert(int unit) {
    return unit / (1 + columns);
  }

  /** The place of a unit that is a column among those of its layer. */
  int column(int unit) {
    return expert(unit) * columns + unit % (1 + columns) - 1;
  }

  /** The bytes of a unit; of columns that do not divide their bytes some have one more. */
  long unitBytes(int layer, int unit) {
    if (!isColumn(unit)) {
      return bytes[layer] - columnBytes[layer];
    }
    int place = unit % (1 + columns);
    return place * columnBytes[layer] / columns - (place - 1) * columnBytes[layer] / columns;
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
