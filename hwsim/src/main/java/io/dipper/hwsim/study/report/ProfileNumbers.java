package io.dipper.hwsim.study.report;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.proto.FlashTable;
import io.dipper.proto.Hardware;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every number of a hardware profile with where it comes from. */
final class ProfileNumbers {
  /**
   * One number.
   *
   * @param name its path in the profile, e.g. {@code flash.latency}
   * @param value with its unit
   * @param provenance measured, datasheet, derived or assumed
   */
  record Number(String name, String value, String provenance, String source) {}

  private ProfileNumbers() {}

  /** All numbers of a profile, in the order of its schema. */
  static List<Number> of(HardwareProfile profile) {
    List<Number> numbers = new ArrayList<>();
    collect(profile, "", numbers);
    return numbers;
  }

  private static void collect(Message message, String path, List<Number> numbers) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String name = path + field.getName();
      if (entry.getValue() instanceof Quantity quantity) {
        String unit = field.getOptions().getExtension(Hardware.range).getUnit();
        String value = Units.print(quantity.getValue(), Dimension.ofBase(unit));
        numbers.add(new Number(name, value, name(quantity.getProvenance()), quantity.getSource()));
      } else if (entry.getValue() instanceof FlashTable table) {
        String value = table.getRowsCount() + " sizes by " + table.getLanesCount() + " lanes";
        numbers.add(new Number(name, value, name(table.getFrom()), table.getSource()));
      } else if (entry.getValue() instanceof Message section) {
        collect(section, name + ".", numbers);
      }
    }
  }

  private static String name(Provenance provenance) {
    return provenance.name().toLowerCase(Locale.ROOT);
  }
}
