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
}
