package io.dipper.registry;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import io.dipper.error.UserException;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/**
 * A name and parameters, as a user gives them or as a registry has resolved them.
 *
 * @param parameters by name
 */
public record Choice(String name, Struct parameters) {
  /** A name without parameters. */
  public static Choice of(String name) {
    return new Choice(name, Struct.getDefaultInstance());
  }

  /**
   * Reads {@code name} or {@code name:key=value,key=value}; nothing but the form is checked.
   *
   * @param kind of thing, for messages, e.g. {@code policy}
   * @throws UserException if the form is wrong
   */
  public static Choice parse(String kind, String text) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).strip();
    Struct.Builder parameters = Struct.newBuilder();
    if (colon >= 0) {
      for (String assignment : text.substring(colon + 1).split(",", -1)) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
          throw error(
              kind,
              text,
              "'" + assignment + "' is not key=value; write it as name:key=value,key=value");
        }
        String key = assignment.substring(0, equals).strip();
        if (parameters.containsFields(key)) {
          throw error(kind, text, key + " is given twice");
        }
        parameters.putFields(key, value(assignment.substring(equals + 1).strip()));
      }
    }
    return new Choice(name, parameters.build());
  }

  private static UserException error(String kind, String text, String what) {
    return new UserException(kind + " '" + text + "': " + what);
  }

  private static Value value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Values.of(text.equals("true"));
    }
    try {
      return Values.of(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return Values.of(text);
    }
  }

  /** This choice with another value of a parameter. */
  public Choice with(String parameter, Value value) {
    return new Choice(name, parameters.toBuilder().putFields(parameter, value).build());
  }

  /** The text of a parameter; empty where it is absent or no text. */
  public String textOf(String parameter) {
    return parameters.getFieldsOrDefault(parameter, Value.getDefaultInstance()).getStringValue();
  }

  /** This choice as users write it: {@code name} or {@code name:key=value,key=value}. */
  @Override
  public String toString() {
    String told =
        parameters.getFieldsMap().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + Parameter.print(entry.getValue()))
            .collect(Collectors.joining(","));
    return told.isEmpty() ? name : name + ":" + told;
  }

  /** Whether a parameter is given, or has a default. */
  public boolean has(String parameter) {
    return parameters.containsFields(parameter);
  }

  /** The value of a numeric parameter; asking for an absent one is a bug, here and below. */
  public double number(String parameter) {
    return value(parameter, parameters).getNumberValue();
  }

  /** The value of a whole number. */
  public int integer(String parameter) {
    return (int) number(parameter);
  }

  public boolean flag(String parameter) {
    return value(parameter, parameters).getBoolValue();
  }

  /** The value of a file or a choice. */
  public String text(String parameter) {
    return value(parameter, parameters).getStringValue();
  }

  private static Value value(String parameter, Struct parameters) {
    return parameters.getFieldsOrThrow(parameter);
  }
}
