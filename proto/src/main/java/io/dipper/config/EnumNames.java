package io.dipper.config;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum values as files write them: {@code LOWEST_INDEX} is {@code lowest-index}. */
final class EnumNames {
  private EnumNames() {}

  static String print(EnumValueDescriptor value) {
    return value.getName().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<EnumValueDescriptor> find(EnumDescriptor type, String text) {
    return type.getValues().stream().filter(v -> print(v).equals(text)).findFirst();
  }

  static List<String> all(EnumDescriptor type) {
    return type.getValues().stream().map(EnumNames::print).toList();
  }

  /**
   * The value that a text names.
   *
   * @param key under which it is written
   * @throws io.dipper.error.UserException if there is no such value
   */
  static EnumValueDescriptor read(YamlNode value, EnumDescriptor type, String key) {
    List<String> names = all(type);
    String text = value.asScalar("one of " + String.join(", ", names)).text();
    return find(type, text)
        .orElseThrow(
            () ->
                value.error(
                    "'"
                        + text
                        + "' is not a value of "
                        + key
                        + "; valid are "
                        + String.join(", ", names)));
  }
}
