package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.stream.IntStream;

/** Which layers of a model have experts. */
public final class RoutedLayers {
  private RoutedLayers() {}

  /** Whether a layer's MLP is a mixture of experts. */
  public static boolean isRouted(ModelShape shape, int layer) {
    return shape.getExperts() > 0 && (shape.getRoutedCount() == 0 || shape.getRouted(layer));
  }

  /** How many layers have experts. */
  public static int count(ModelShape shape) {
    if (shape.getExperts() <= 0) {
      return 0;
    }
    return shape.getRoutedCount() == 0
        ? shape.getLayers()
        : (int) shape.getRoutedList().stream().filter(routed -> routed).count();
  }

  /** How many layers with experts are followed by one with experts. */
  static int countBeforeRouted(ModelShape shape) {
    if (shape.getRoutedCount() == 0) {
      return Math.max(0, count(shape) - 1);
    }
    return (int)
        IntStream.range(1, Math.min(shape.getRoutedCount(), shape.getLayers()))
            .filter(layer -> isRouted(shape, layer - 1) && isRouted(shape, layer))
            .count();
  }
}
