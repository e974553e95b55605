package io.dipper.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** The check that a message has the quantities without which it means nothing. */
public final class RequiredFields {
  private RequiredFields() {}

  /**
   * Throws for the first quantity that is marked required and absent, in the sections too.
   *
   * @param root the file that the error names
   */
  public static void check(Message message, YamlMapping root) {
    check(message, root, "");
  }

  private static void check(Message message, YamlMapping root, String path) {
    Descriptor type = message.getDescriptorForType();
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRepeated() || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (!MessageReader.isQuantity(field)) {
        check((Message) message.getField(field), root, path + field.getName() + ".");
      } else if (Ranges.of(field).getRequired() && !message.hasField(field)) {
        throw root.error(
            path + field.getName() + " is missing; give it, or extend a profile that does");
      }
    }
  }
}
