package io.dipper.tracegen.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Models whose weights follow from the names of their tensors, as testdata/model-configs/tiny.py
 * defines them: value i is {@code offset + scale * u}, where u in [-1, 1) comes from 24 bits of a
 * hash of i and the name.
 */
public final class TinyModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TinyModel() {}

  /** The values of a tensor, in fp32. */
  public static float[] values(String name, int count, float scale, float offset) {
    int seed = fnv1a(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int h = i * 0x9E3779B9 + seed;
      h ^= h >>> 16;
      h *= 0x85EBCA6B;
      h ^= h >>> 13;
      h *= 0xC2B2AE35;
      h ^= h >>> 16;
      float u = (h >>> 8) * 0x1p-23f - 1;
      values[i] = offset + scale * u;
    }
    return values;
  }

  private static int fnv1a(String name) {
    int h = 0x811C9DC5;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xFF)) * 0x01000193;
    }
    return h;
  }

  /**
   * Writes config.json and model.safetensors.
   *
   * @param layout from a tensor's name to {@code [scale, offset, shape]}
   */
  public static void write(Path folder, JsonNode config, JsonNode layout) throws IOException {
    JSON.writeValue(folder.resolve("config.json").toFile(), config);
    byte[] header = header(layout).toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      out.write(little(8).putLong(header.length).array());
      out.write(header);
      for (Map.Entry<String, JsonNode> tensor : layout.properties()) {
        JsonNode formula = tensor.getValue();
        float scale = (float) formula.get(0).asDouble();
        float offset = (float) formula.get(1).asDouble();
        float[] values = values(tensor.getKey(), count(formula), scale, offset);
        ByteBuffer bytes = little(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
      }
    }
  }

  private static ObjectNode header(JsonNode layout) {
    ObjectNode header = JSON.createObjectNode();
    long at = 0;
    for (Map.Entry<String, JsonNode> tensor : layout.properties()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      entry.set("shape", tensor.getValue().get(2));
      long end = at + (long) count(tensor.getValue()) * Float.BYTES;
      entry.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    return header;
  }

  private static int count(JsonNode formula) {
    int count = 1;
    for (JsonNode dimension : formula.get(2)) {
      count *= dimension.asInt();
    }
    return count;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
