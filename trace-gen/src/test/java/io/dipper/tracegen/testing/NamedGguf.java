package io.dipper.tracegen.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The GGUF models of {@code testdata/model-configs/gguf.json}: metadata and tensors, whose weights
 * follow from their names as those of {@link TinyModel} do.
 */
public final class NamedGguf {
  private static final JsonNode GOLDEN = read();
  private static final JsonNode MODELS = GOLDEN.required("models");

  private final JsonNode model;

  private NamedGguf(JsonNode model) {
    this.model = model;
  }

  /** The names of all of them. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    MODELS.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public static NamedGguf named(String name) {
    return new NamedGguf(MODELS.required(name));
  }

  /** The tokens that llama.cpp was given. */
  public static int[] ids() {
    return StreamSupport.stream(GOLDEN.required("ids").spliterator(), false)
        .mapToInt(JsonNode::intValue)
        .toArray();
  }

  /** What llama.cpp computes: the mean negative log-likelihood per token, in nats. */
  public double expectedNll() {
    return model.required("nll").doubleValue();
  }

  /** A writer of the model, to which more can be added. */
  public GgufWriter writer() {
    return writer(key -> true);
  }

  /** A writer of the model without those keys of its metadata that a predicate refuses. */
  public GgufWriter writer(Predicate<String> keeps) {
    String architecture = model.required("architecture").textValue();
    GgufWriter writer = new GgufWriter().text("general.architecture", architecture);
    for (JsonNode entry : model.required("metadata")) {
      String key = architecture + "." + entry.get(1).textValue();
      if (keeps.test(key)) {
        put(writer, entry.get(0).textValue(), key, entry.get(2));
      }
    }
    model.required("outer").forEach(tensor -> add(writer, "", tensor));
    for (int layer = 0; layer < model.required("layers").intValue(); layer++) {
      for (JsonNode tensor : model.required("layer")) {
        add(writer, "blk." + layer + ".", tensor);
      }
    }
    return writer;
  }

  private static void put(GgufWriter writer, String type, String key, JsonNode value) {
    switch (type) {
      case "uint32" -> writer.uint32(key, value.intValue());
      case "float32" -> writer.float32(key, value.floatValue());
      case "bool" -> writer.bool(key, value.booleanValue());
      case "string" -> writer.text(key, value.textValue());
      case "array" -> array(writer, key, value);
      default -> throw new IllegalArgumentException(type);
    }
  }

  private static void array(GgufWriter writer, String key, JsonNode values) {
    if (values.get(0).isBoolean()) {
      boolean[] booleans = new boolean[values.size()];
      for (int i = 0; i < booleans.length; i++) {
        booleans[i] = values.get(i).booleanValue();
      }
      writer.bools(key, booleans);
    } else {
      writer.int32s(
          key,
          StreamSupport.stream(values.spliterator(), false).mapToInt(JsonNode::intValue).toArray());
    }
  }

  /** A tensor: name, dimensions (the contiguous one first), centre and spread of its weights. */
  private static void add(GgufWriter writer, String prefix, JsonNode tensor) {
    String name = prefix + tensor.get(0).textValue();
    long[] dimensions =
        StreamSupport.stream(tensor.get(1).spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .toArray();
    int count = 1;
    for (long dimension : dimensions) {
      count *= (int) dimension;
    }
    float centre = tensor.get(2).floatValue();
    float spread = tensor.get(3).floatValue();
    writer.floats(name, TinyModel.values(name, count, spread, centre), dimensions);
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(SharedData.testdata("model-configs/gguf.json").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
