package io.dipper.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.dipper.proto.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a YAML mapping into a protobuf message, led by its descriptor: keys are field names, enums
 * are written in lower-kebab case, a {@link Quantity} as {@link QuantityReader} says, and {@code
 * none} removes a quantity that the message already has. Fields that the mapping does not name stay
 * as they are.
 */
public final class MessageReader {
  private final Map<String, Location> origins = new TreeMap<>();
  private final List<String> otherKeys;

  /**
   * @param otherKeys keys of the outermost mapping that are no fields; they are valid and skipped
   */
  public MessageReader(String... otherKeys) {
    this.otherKeys = List.of(otherKeys);
  }

  /** Where the value of each field read so far is written, by path, e.g. {@code flash.latency}. */
  public Map<String, Location> origins() {
    return origins;
  }

  /**
   * Reads a mapping over what the message already holds.
   *
   * @throws io.dipper.error.UserException at the first key or value that does not fit
   */
  public void read(YamlMapping mapping, Message.Builder message) {
    read(mapping, message, "", otherKeys);
  }

  private void read(
      YamlMapping mapping, Message.Builder message, String path, List<String> otherKeys) {
    Descriptor type = message.getDescriptorForType();
    List<String> valid = new ArrayList<>(otherKeys);
    type.getFields().forEach(field -> valid.add(field.getName()));
    mapping.allowOnly(valid);
    for (FieldDescriptor field : type.getFields()) {
      YamlNode value = mapping.get(field.getName());
      if (value != null) {
        readField(value, field, message, path + field.getName());
      }
    }
  }

  private void readField(
      YamlNode value, FieldDescriptor field, Message.Builder message, String path) {
    if (field.isRepeated()) {
      message.clearField(field);
      for (YamlNode item : value.asSequence("a list for " + field.getName()).items()) {
        message.addRepeatedField(field, element(item, field, message));
      }
    } else if (isQuantity(field)) {
      readQuantity(value, field, message);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      YamlMapping section = value.asMapping("a mapping of " + fieldNames(field.getMessageType()));
      read(section, message.getFieldBuilder(field), path + ".", List.of());
      return;
    } else {
      message.setField(field, scalar(value, field));
    }
    origins.put(path, value.at());
  }

  private Object element(YamlNode item, FieldDescriptor field, Message.Builder message) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return scalar(item, field);
    }
    Message.Builder builder = message.newBuilderForField(field);
    new MessageReader().read(item.asMapping("a mapping"), builder);
    return builder.build();
  }

  private static void readQuantity(YamlNode value, FieldDescriptor field, Message.Builder message) {
    if (value instanceof YamlScalar scalar && scalar.plain() && scalar.text().equals("none")) {
      message.clearField(field);
      return;
    }
    message.setField(field, QuantityReader.read(value, field));
  }

  private static Object scalar(YamlNode value, FieldDescriptor field) {
    YamlScalar scalar = value.asScalar(expected(field));
    return switch (field.getJavaType()) {
      case STRING -> scalar.text();
      case BOOLEAN -> scalar.asBoolean();
      case ENUM -> EnumNames.read(value, field.getEnumType(), field.getName());
      case DOUBLE -> Ranges.has(field) ? Ranges.read(scalar, field) : scalar.asDouble("a number");
      case FLOAT -> (float) scalar.asDouble("a number");
      case INT -> Math.toIntExact(whole(scalar, field, Integer.MAX_VALUE));
      case LONG -> whole(scalar, field, Long.MAX_VALUE);
      case BYTE_STRING, MESSAGE ->
          throw new IllegalStateException(field.getFullName() + " cannot be written in YAML");
    };
  }

  private static long whole(YamlScalar scalar, FieldDescriptor field, long max) {
    long value =
        Ranges.has(field) ? (long) Ranges.read(scalar, field) : scalar.asLong("a whole number");
    if (value > max || value < -max) {
      throw scalar.error(
          field.getName() + " " + scalar.text() + " is out of range; at most " + max);
    }
    return value;
  }

  private static String expected(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "a text for " + field.getName();
      case BOOLEAN -> "true or false";
      case ENUM -> "one of " + String.join(", ", EnumNames.all(field.getEnumType()));
      default -> "a number for " + field.getName();
    };
  }

  private static String fieldNames(Descriptor type) {
    return String.join(", ", type.getFields().stream().map(FieldDescriptor::getName).toList());
  }

  static boolean isQuantity(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().equals(Quantity.getDescriptor());
  }
}
