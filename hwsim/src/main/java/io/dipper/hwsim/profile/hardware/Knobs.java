package io.dipper.hwsim.profile.hardware;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
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

/**
 * Finds every number of a profile by its schema, so that a new field is found without a word about
 * it here.
 */
public final class Knobs {
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
        knobs.add(
            new Knob(name, "B/s", table.getFrom(), Double.NaN, f -> here.apply(times(table, f))));
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
        factor -> put.apply(quantity.toBuilder().setValue(times(quantity, factor, range)).build()));
  }

  private static double times(Quantity quantity, double factor, Range range) {
    double value = quantity.getValue() * factor;
    double whole = range.getWhole() ? Math.rint(value) : value;
    return Math.max(range.getMin(), Math.min(range.getMax(), whole));
  }

  private static FlashTable times(FlashTable table, double factor) {
    FlashTable.Builder scaled = table.toBuilder().clearRows();
    for (FlashTableRow row : table.getRowsList()) {
      FlashTableRow.Builder faster = row.toBuilder().clearThroughput();
      row.getThroughputList().forEach(throughput -> faster.addThroughput(throughput * factor));
      scaled.addRows(faster);
    }
    return scaled.build();
  }
}
