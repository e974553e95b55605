package io.dipper.hwsim.profile.hardware;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.dipper.proto.FlashTable;
import io.dipper.proto.Hardware;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds every number of a hardware profile by its schema, so that a new field is found without a
 * word about it here. Sections that are repeated, as the host's cores are, count each time.
 */
public final class ProfileNumbers {
  private final List<ProfileNumber> numbers = new ArrayList<>();

  private ProfileNumbers() {}

  /** All numbers that a profile gives, in the order of its schema. */
  public static List<ProfileNumber> of(HardwareProfile profile) {
    ProfileNumbers found = new ProfileNumbers();
    found.collect(profile, "", changed -> (HardwareProfile) changed);
    return List.copyOf(found.numbers);
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
        numbers.add(
            new ProfileNumber.OfQuantity(
                name, quantity, field.getOptions().getExtension(Hardware.range), here::apply));
      } else if (entry.getValue() instanceof FlashTable table) {
        numbers.add(new ProfileNumber.OfTable(name, table, here::apply));
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
}
