package io.dipper.trace;

import io.dipper.proto.ModelShape;

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
}
