package io.dipper.hwsim.profile.hardware;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.Hardware;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Quantity;
import io.dipper.proto.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds every number of a profile by its schema, so that a new field is found without a word about
 * it here.
 */
public final class Knobs {
  private static final double DOWN = 0.9;
  private static final double UP = 1.1;

  private final List<Knob> knobs = new ArrayList<>();

  private Knobs() {}

  /** All numbers that a profile gives, in the order of its schema. */
  public static List<Knob> of(HardwareProfile profile) {
    Knobs found = new Knobs();
    found.collect(profile, "", changed -> (HardwareProfile) changed);
    return List.copyOf(found.knobs);
  }

  /**
   * Collects the numbers of a section.
   *
   * @param put the profile with another message in the section's place
   */
  private void collect(Message section, String path, Function<Message, HardwareProfile> put) {
    for (Map.Entry<FieldDescriptor, Object> entry : section.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String name = path + field.getName();
      Function<Message, HardwareProfile> here =
          changed -> put.apply(section.toBuilder().setField(field, changed).build());
      if (entry.getValue() instanceof Quantity quantity) {
        knobs.add(knob(name, quantity, field, here));
      } else if (entry.getValue() instanceof FlashTable table) {
        collectRows(table, name, here);
      } else if (entry.getValue() instanceof Message inner) {
        collect(inner, name + ".", here);
      } else if (field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        collectAll(section, field, name, put);
      }
    }
  }

  private void collectAll(
      Message section, FieldDescriptor list, String name, Function<Message, HardwareProfile> put) {
    for (int i = 0; i < section.getRepeatedFieldCount(list); i++) {
      int index = i;
      collect(
          (Message) section.getRepeatedField(list, i),
          name + "[" + i + "].",
          changed -> put.apply(section.toBuilder().setRepeatedField(list, index, changed).build()));
    }
  }

  /** The rows of a table, each a number of its own. */
  private void collectRows(FlashTable table, String path, Function<Message, HardwareProfile> put) {
    for (int i = 0; i < table.getRowsCount(); i++) {
      FlashTableRow row = table.getRows(i);
      String size = Units.print(row.getSize(), Dimension.BYTES);
      String range = row.hasRange() ? " in " + Units.print(row.getRange(), Dimension.BYTES) : "";
      knobs.add(
          new Knob(
              path + "[" + size + range + "]",
              "B/s",
              table.getFrom(),
              Double.NaN,
              new Knob.Turn(Double.NaN, put.apply(times(table, i, DOWN))),
              new Knob.Turn(Double.NaN, put.apply(times(table, i, UP)))));
    }
  }

  private static FlashTable times(FlashTable table, int index, double factor) {
    FlashTableRow row = table.getRows(index);
    FlashTableRow.Builder scaled = row.toBuilder().clearThroughput();
    row.getThroughputList().forEach(throughput -> scaled.addThroughput(throughput * factor));
    return table.toBuilder().setRows(index, scaled).build();
  }

  private static Knob knob(
      String name,
      Quantity quantity,
      FieldDescriptor field,
      Function<Message, HardwareProfile> put) {
    Range range = field.getOptions().getExtension(Hardware.range);
    return new Knob(
        name,
        range.getUnit(),
        quantity.getProvenance(),
        quantity.getValue(),
        turn(quantity, down(quantity.getValue(), range), range, put),
        turn(quantity, up(quantity.getValue(), range), range, put));
  }

  private static double down(double value, Range range) {
    if (!range.getWhole()) {
      return value * DOWN;
    }
    return isCount(range) ? value - 1 : Math.rint(value / 2);
  }

  private static double up(double value, Range range) {
    if (!range.getWhole()) {
      return value * UP;
    }
    return isCount(range) ? value + 1 : value * 2;
  }

  /** Whole numbers of bytes are sizes of pages and commands: powers of two, by nature. */
  private static boolean isCount(Range range) {
    return range.getUnit().equals("1");
  }

  /** Kept within the range, so that an efficiency stays at most 1; null where nothing changes. */
  private static Knob.@Nullable Turn turn(
      Quantity quantity, double value, Range range, Function<Message, HardwareProfile> put) {
    boolean outside = value < range.getMin() || value > range.getMax();
    double kept = Math.max(range.getMin(), Math.min(range.getMax(), value));
    if (kept == quantity.getValue() || range.getWhole() && outside) {
      return null;
    }
    return new Knob.Turn(kept, put.apply(quantity.toBuilder().setValue(kept).build()));
  }
}
