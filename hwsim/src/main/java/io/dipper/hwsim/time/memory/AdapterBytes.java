package io.dipper.hwsim.time.memory;

import io.dipper.proto.AdaptedPart;
import io.dipper.proto.AdapterLayer;
import io.dipper.proto.AdapterSpec;

/**
 * What an adapter weighs. All of it stays in DRAM, and every token reads and computes it; one that
 * is fused is part of the model's own matrices and takes nothing.
 *
 * @param spec the adapter; without layers where there is none
 */
public record AdapterBytes(AdapterSpec spec) {
  private static final AdapterLayer NONE = AdapterLayer.getDefaultInstance();

  /** What is beside the matrices of a layer. */
  public AdapterLayer layer(int layer) {
    boolean adapted = !spec.getFused() && layer < spec.getLayersCount();
    return adapted ? spec.getLayers(layer) : NONE;
  }

  /** Bits of a weight. */
  public double bits() {
    return spec.getBits();
  }

  /** The bytes of a part. */
  public double bytes(AdaptedPart part) {
    return part.getWeights() * bits() / Byte.SIZE;
  }

  /** The bytes of all layers. */
  public double all() {
    double sum = 0;
    for (int l = 0; l < spec.getLayersCount(); l++) {
      AdapterLayer layer = layer(l);
      sum += bytes(layer.getAttention()) + bytes(layer.getUpGate()) + bytes(layer.getDown());
    }
    return sum;
  }
}
