package io.dipper.hwsim.profile.fit;

import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.weight.SecondsByType;
import java.util.List;

/**
 * What a token of a resident model reads and runs: attention, MLP and head, as the simulated device
 * takes them.
 *
 * @param parts each read and dequantised by itself
 * @param kernels of all layers and of the head
 */
record DecodeWork(List<Part> parts, double kernels) {
  /** A Llama's, where a shape does not count them. */
  private static final int LAYER_KERNELS = 17;

  private static final int HEAD_KERNELS = 3;

  /**
   * Weights of so many bits each, and all bytes that are read beside them.
   *
   * @param bytes weights and what the KV cache adds
   */
  record Part(double bytes, double weights, double bits) {
    static Part of(double weights, double bits, double moreBytes) {
      return new Part(weights * bits / 8 + moreBytes, weights, bits);
    }
  }

  static DecodeWork of(DecodeRow row) {
    NamedShape named = row.shape();
    ModelShape shape = named.shape();
    WeightBits bits = row.quantisation().bits(shape, named.tied());
    int kernels = shape.getLayerKernels() > 0 ? shape.getLayerKernels() : LAYER_KERNELS;
    return new DecodeWork(
        List.of(
            Part.of(
                named.attentionWeights(),
                bits.getAttention(),
                keyBytes(shape, bits, row.positions())),
            Part.of(named.mlpWeights(), bits.getMlp(), 0),
            Part.of(named.vocabularyWeights(), bits.getHead(), 0)),
        (double) kernels * shape.getLayers() + HEAD_KERNELS);
  }

  /** The KV cache, in layers with a window no more of it than that. */
  private static double keyBytes(ModelShape shape, WeightBits bits, double positions) {
    double read = 0;
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      boolean windowed =
          shape.getSlidingWindow() > 0
              && (shape.getWindowedCount() == 0 || shape.getWindowed(layer));
      read += windowed ? Math.min(positions, shape.getSlidingWindow()) : positions;
    }
    return read * 2 * shape.getKvHeads() * shape.getHeadDim() * bits.getKvCache() / 8;
  }

  /**
   * The seconds of a token.
   *
   * @param port bytes per second
   * @param kernelSeconds of each kernel
   */
  double seconds(double port, double kernelSeconds, SecondsByType rates) {
    double seconds = kernels * kernelSeconds;
    for (Part part : parts) {
      seconds += Math.max(part.bytes() / port, part.weights() * rates.seconds(part.bits()));
    }
    return seconds;
  }
}
