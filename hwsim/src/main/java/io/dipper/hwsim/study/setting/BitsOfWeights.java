package io.dipper.hwsim.study.setting;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.config.MessageReader;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.error.UserException;
import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.table.Column;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bits per weight, by what the weights are of. A sweep file says them in a mapping. */
final class BitsOfWeights extends SettingValues<WeightBits> {
  static final Setting<WeightBits> SETTING =
      Setting.of(
              Spelling.of(
                  "bits", new BitsOfWeights(), "Bits per weight and per entry of the KV cache"),
              Role.common(Topic.RUN),
              PointConfig::getBits,
              PointConfig.Builder::setBits)
          .or(WeightBits.getDefaultInstance(), "the model's, or the paper's")
          .column(
              Column.optional("weight_bits", String.class),
              config -> CanonicalJson.of(config.getBits()));

  private static final List<String> PRINTED = List.of("mlp", "attention", "head", "kv_cache");
  private static final double MOST = 64;

  @Override
  public String expected() {
    return "bits per weight, e.g. {mlp: 4, head: 8}";
  }

  /** They have no text: only a sweep file gives them. */
  @Override
  public WeightBits parse(String text) {
    throw new UserException("'" + text + "': bits are given in a sweep file; write " + expected());
  }

  /** In one line, e.g. {@code mlp 4.5, attention 4.5, head 8.5, kv cache 16}. */
  @Override
  public String print(WeightBits value) {
    return PRINTED.stream()
        .map(name -> name.replace('_', ' ') + " " + number((double) value.getField(field(name))))
        .collect(Collectors.joining(", "));
  }

  private static FieldDescriptor field(String name) {
    return WeightBits.getDescriptor().findFieldByName(name);
  }

  @Override
  List<WeightBits> read(Written written) {
    YamlMapping mapping = written.node().asMapping(expected());
    WeightBits.Builder bits = WeightBits.newBuilder();
    new MessageReader().read(mapping, bits);
    for (YamlNode value : mapping.values().values()) {
      double number = value.asScalar("a number of bits").asDouble("a number of bits");
      if (number <= 0 || number > MOST) {
        throw value.error("found " + value.describe() + "; expected a number of bits up to 64");
      }
    }
    return List.of(bits.build());
  }

  @Override
  Object write(WeightBits value, Path folder) {
    Map<String, Object> map = new LinkedHashMap<>();
    value.getAllFields().forEach((field, of) -> map.put(field.getName(), number((double) of)));
    return map;
  }
}
