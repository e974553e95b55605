package io.dipper.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Column norms as a trace's metadata holds them. */
final class NormsCodec {
  private NormsCodec() {}

  /** Base64 of little-endian fp32: per layer up, gate, down. */
  static String encode(ColumnNorms norms) {
    int floats = 0;
    for (int layer = 0; layer < norms.layers(); layer++) {
      floats += norms.up(layer).length + norms.gate(layer).length + norms.down(layer).length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(floats * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int layer = 0; layer < norms.layers(); layer++) {
      for (float[] columns :
          new float[][] {norms.up(layer), norms.gate(layer), norms.down(layer)}) {
        for (float norm : columns) {
          bytes.putFloat(norm);
        }
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws IllegalArgumentException where it is not base64, of another size, or not of finite
   *     norms
   */
  static ColumnNorms decode(String base64, int layers, int hidden, int intermediate) {
    byte[] decoded = Base64.getDecoder().decode(base64);
    long expected = (long) Float.BYTES * layers * (2L * hidden + intermediate);
    if (decoded.length != expected) {
      throw new IllegalArgumentException(decoded.length + " bytes, want " + expected);
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN);
    float[][] up = new float[layers][];
    float[][] gate = new float[layers][];
    float[][] down = new float[layers][];
    for (int layer = 0; layer < layers; layer++) {
      up[layer] = norms(bytes, hidden, layer);
      gate[layer] = norms(bytes, hidden, layer);
      down[layer] = norms(bytes, intermediate, layer);
    }
    return new ColumnNorms(up, gate, down);
  }

  private static float[] norms(ByteBuffer bytes, int count, int layer) {
    float[] norms = new float[count];
    for (int i = 0; i < count; i++) {
      norms[i] = bytes.getFloat();
      if (!(norms[i] >= 0 && norms[i] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException("layer " + layer + " has a norm of " + norms[i]);
      }
    }
    return norms;
  }
}
