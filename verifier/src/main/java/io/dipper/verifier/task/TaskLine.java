package io.dipper.verifier.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An object of a task file, whose fields are what they must be, or refused with their place. */
final class TaskLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String place;
  private final JsonNode object;

  private TaskLine(String place, JsonNode object) {
    this.place = place;
    this.object = object;
  }

  /**
   * Parses a line.
   *
   * @param number of the line, from 1
   * @throws UserException if it is no JSON object
   */
  static TaskLine parse(Path file, int number, String text) {
    String place = file + ":" + number;
    try {
      JsonNode object = JSON.readTree(text);
      if (object != null && object.isObject()) {
        return new TaskLine(place, object);
      }
    } catch (JsonProcessingException e) {
      throw new UserException(place + ": is not JSON; a line is one object", e);
    }
    throw new UserException(place + ": is not a JSON object; a line is one item");
  }

  boolean has(String field) {
    return object.has(field);
  }

  boolean isText(String field) {
    return object.path(field).isTextual();
  }

  boolean isObject(String field) {
    return object.path(field).isObject();
  }

  /** The object of a field. */
  TaskLine object(String field) {
    if (!isObject(field)) {
      throw refused("\"" + field + "\" must be an object");
    }
    return new TaskLine(place, object.path(field));
  }

  /** The objects of a field. */
  List<TaskLine> objects(String field) {
    List<TaskLine> all = new ArrayList<>();
    object.path(field).forEach(each -> all.add(new TaskLine(place, each)));
    return all;
  }

  /** The text of a field. */
  String text(String field) {
    if (!isText(field)) {
      throw refused("\"" + field + "\" must be a text");
    }
    return object.path(field).textValue();
  }

  /** The texts of a field, at least two. */
  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    object.path(field).forEach(text -> texts.add(text.isTextual() ? text.textValue() : ""));
    if (!object.path(field).isArray() || texts.size() < 2 || texts.contains("")) {
      throw refused("\"" + field + "\" must be a list of at least two texts, none empty");
    }
    return texts;
  }

  /**
   * The index that a field gives, as a number or as digits.
   *
   * @param first what the first one is called, 0 or 1
   * @return it, from 0
   */
  int index(String field, int first, int count) {
    JsonNode value = object.path(field);
    String digits = value.isIntegralNumber() || value.isTextual() ? value.asText() : "";
    int index = digits.matches("\\d{1,4}") ? Integer.parseInt(digits) - first : -1;
    if (index < 0 || index >= count) {
      throw refused(
          "\"" + field + "\" must be a number from " + first + " to " + (first + count - 1));
    }
    return index;
  }

  /** An error in this line. */
  UserException refused(String what) {
    return new UserException(place + ": " + what);
  }
}
