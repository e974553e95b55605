package io.dipper.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.files.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes tensors of float32 as a safetensors file. Tensors lie in the order in which they were
 * added, so that equal tensors make equal bytes. Not safe for use by many threads.
 */
public final class SafetensorsWriter {
  /** The reference implementation pads its header to this, so that tensors begin aligned. */
  private static final int ALIGNMENT = 8;

  private record Tensor(int rows, int columns, float[] values) {}

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata;

  /**
   * @param metadata free text by name, written in the map's order
   */
  public SafetensorsWriter(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  /**
   * Adds a matrix.
   *
   * @param values row after row; kept, not copied
   * @throws IllegalArgumentException if there are not {@code rows * columns} of them, or the name
   *     is taken
   */
  public SafetensorsWriter add(String name, int rows, int columns, float[] values) {
    if (values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for " + rows + " x " + columns);
    }
    if (tensors.put(name, new Tensor(rows, columns, values)) != null) {
      throw new IllegalArgumentException(name + " is added twice");
    }
    return this;
  }

  /** Writes all of it; the caller commits the file. */
  public void write(OutputFile out) throws IOException {
    byte[] header = header();
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    writeAll(out.channel(), prefix.putLong(header.length).flip());
    writeAll(out.channel(), ByteBuffer.wrap(header));
    for (Tensor tensor : tensors.values()) {
      ByteBuffer bytes =
          ByteBuffer.allocate(tensor.values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(tensor.values);
      writeAll(out.channel(), bytes);
    }
  }

  private byte[] header() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    ObjectNode free = root.putObject("__metadata__");
    metadata.forEach(free::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + (long) tensor.values.length * Float.BYTES;
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", "F32");
      node.set("shape", json.valueToTree(List.of(tensor.rows, tensor.columns)));
      node.set("data_offsets", json.valueToTree(List.of(offset, end)));
      offset = end;
    }
    String text = json.writeValueAsString(root);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return (text + " ".repeat(Math.floorMod(-length, ALIGNMENT))).getBytes(StandardCharsets.UTF_8);
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
