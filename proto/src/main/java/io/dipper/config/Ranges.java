package io.dipper.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.proto.Hardware;
import io.dipper.proto.Range;

/** The {@code range} option of a field: its unit and the values it may have. */
final class Ranges {
  private Ranges() {}

  /** The range of a field that holds a number with a unit; a schema without it is a bug. */
  static Range of(FieldDescriptor field) {
    if (!field.getOptions().hasExtension(Hardware.range)) {
      throw new IllegalStateException(field.getFullName() + " has no range option");
    }
    return field.getOptions().getExtension(Hardware.range);
  }

  static boolean has(FieldDescriptor field) {
    return field.getOptions().hasExtension(Hardware.range);
  }

  static Dimension dimension(FieldDescriptor field) {
    return Dimension.ofBase(of(field).getUnit());
  }

  /** A number in the range of a field, from text with a unit; the error is placed at the text. */
  static double read(YamlScalar scalar, FieldDescriptor field) {
    Range range = of(field);
    Dimension dimension = dimension(field);
    double value = scalar.asQuantity(dimension);
    if (value < range.getMin() || value > range.getMax()) {
      throw scalar.error(
          String.format(
              "%s %s is out of range; it must lie between %s and %s",
              field.getName(),
              scalar.text(),
              Units.print(range.getMin(), dimension),
              Units.print(range.getMax(), dimension)));
    }
    if (range.getWhole() && value != Math.rint(value)) {
      String of = dimension == Dimension.NUMBER ? "" : " of " + range.getUnit();
      throw scalar.error(
          field.getName() + " " + scalar.text() + " is not whole; it must be a whole number" + of);
    }
    return value;
  }
}
