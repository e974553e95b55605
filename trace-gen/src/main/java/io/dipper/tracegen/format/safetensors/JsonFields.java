package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.JsonFaults;
import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fields of one JSON object in a file, read by type. A null counts as absent; a wrong type is a
 * user's error that names the key.
 */
final class JsonFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String prefix;
  private final JsonNode given;
  private final JsonNode node;

  JsonFields(Path file, String prefix, JsonNode node) {
    this(file, prefix, node, node);
  }

  private JsonFields(Path file, String prefix, JsonNode given, JsonNode node) {
    this.file = file;
    this.prefix = prefix;
    this.given = given;
    this.node = node;
  }

  /** Reads a file that holds one JSON object. */
  static JsonFields read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw UserException.in(file, "holds no JSON object");
      }
      return new JsonFields(file, "", root);
    } catch (JsonProcessingException e) {
      throw new UserException(at(file, e), e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  private static String at(Path file, JsonProcessingException e) {
    var location = e.getLocation();
    String where =
        location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    return file + where + ": is no JSON: " + JsonFaults.firstLine(e);
  }

  /** These fields with all that they leave out; errors tell what was given from what was added. */
  JsonFields completedTo(JsonNode all) {
    return new JsonFields(file, prefix, given, all);
  }

  Path file() {
    return file;
  }

  JsonNode node() {
    return node;
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether a key is there, be it with a null. */
  boolean mentions(String key) {
    return node.has(key);
  }

  /** The object under a key; an empty one where there is none. */
  JsonFields object(String key) {
    JsonNode child = node.path(key);
    if (has(key) && !child.isObject()) {
      throw wrong(key, "an object");
    }
    return new JsonFields(file, prefix + key + ".", child);
  }

  String text(String key) {
    if (!node.path(key).isTextual()) {
      throw wrong(key, "a text");
    }
    return node.path(key).asText();
  }

  String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  int positive(String key) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
      throw wrong(key, "a positive whole number");
    }
    return value.asInt();
  }

  int positive(String key, int absent) {
    return has(key) ? positive(key) : absent;
  }

  /** A whole number, or another where there is none. */
  int whole(String key, int absent) {
    JsonNode value = node.path(key);
    if (!has(key)) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, "a whole number");
    }
    return value.asInt();
  }

  double number(String key) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw wrong(key, "a number");
    }
    return value.asDouble();
  }

  double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  double positiveNumber(String key) {
    double value = number(key);
    if (!(value > 0)) {
      throw wrong(key, "a positive number");
    }
    return value;
  }

  double positiveNumber(String key, double absent) {
    return has(key) ? positiveNumber(key) : absent;
  }

  boolean flag(String key, boolean absent) {
    if (has(key) && !node.path(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return node.path(key).asBoolean(absent);
  }

  /** A list of so many positive numbers. */
  double[] divisors(String key, int length) {
    JsonNode list = node.path(key);
    if (!list.isArray() || list.size() != length) {
      throw wrong(key, "a list of " + length + " numbers");
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = list.get(i).asDouble();
      if (!(values[i] > 0) || !Double.isFinite(values[i])) {
        throw wrong(key, "a list of positive numbers");
      }
    }
    return values;
  }

  UserException wrong(String key, String expected) {
    JsonNode value = node.get(key);
    String found = value == null ? "is missing" : "is " + shortened(value.toString());
    if (value != null && !given.has(key)) {
      found = "is missing, which means " + shortened(value.toString());
    }
    return UserException.in(file, prefix + key + " " + found + ", expected " + expected);
  }

  private static String shortened(String json) {
    return json.length() <= 60 ? json : json.substring(0, 59) + "…";
  }
}
