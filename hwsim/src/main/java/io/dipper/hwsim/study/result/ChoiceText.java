package io.dipper.hwsim.study.result;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.dipper.registry.Choice;
import io.dipper.registry.Registry;

/** What a row says of a choice, as a user writes it: {@code drop-cold:f=0.75}. */
public final class ChoiceText {
  private ChoiceText() {}

  /**
   * The text, parameters at their defaults left out.
   *
   * @param registry of what is chosen among
   * @param parameters as a JSON object: the column of the results
   */
  public static String brief(Registry<?> registry, String name, String parameters) {
    Struct.Builder values = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(parameters, values);
    } catch (InvalidProtocolBufferException e) {
      return name + ":" + parameters;
    }
    return registry.brief(new Choice(name, values.build())).toString();
  }
}
