package io.dipper.tracegen.learn;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A frozen matrix with a trained map beside it or none: {@code y = x Wᵀ + x A B}.
 *
 * @param weights W, a row per output
 */
record AdaptedProduct(TiledProducts products, INDArray weights, @Nullable TrainedMap map) {
  INDArray forward(INDArray x, boolean adapted) {
    INDArray y = products.multiply(x, weights, true);
    if (adapted && map != null) {
      map.forward(products, x, y);
    }
    return y;
  }

  /** The input's gradient from that of y; the map keeps its own. */
  INDArray backward(INDArray x, INDArray dy) {
    INDArray dx = products.multiply(dy, weights, false);
    ofMap(x, dy, dx);
    return dx;
  }

  /** Adds the input's gradient to those that others have of the same input. */
  void backward(INDArray x, INDArray dy, INDArray sum) {
    products.addTo(sum, dy, weights, false);
    ofMap(x, dy, sum);
  }

  private void ofMap(INDArray x, INDArray dy, INDArray dx) {
    if (map != null) {
      map.backward(products, x, dy, dx);
    }
  }
}
