package io.dipper.tracegen.format.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/** Reads NumPy's .npz archives of little-endian fp32 arrays. */
final class Npz {
  private Npz() {}

  /** The arrays by name, flat. */
  static Map<String, float[]> floats(Path file) throws IOException {
    var arrays = new LinkedHashMap<String, float[]>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        arrays.put(entry.getName().replace(".npy", ""), npy(bytes));
      }
    }
    return arrays;
  }

  private static float[] npy(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = buffer.getShort(8);
    String header = new String(bytes, 10, headerLength, StandardCharsets.ISO_8859_1);
    if (!header.contains("'<f4'") || !header.contains("'fortran_order': False")) {
      throw new IllegalArgumentException(header);
    }
    buffer.position(10 + headerLength);
    float[] values = new float[buffer.remaining() / 4];
    buffer.asFloatBuffer().get(values);
    return values;
  }
}
