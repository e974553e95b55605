package io.dipper.hwsim.study.sweep;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Value;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.CacheStarts;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.ReadSizes;
import io.dipper.hwsim.replay.layout.UnitOrders;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Capacity;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import io.dipper.proto.WeightBits;
import io.dipper.registry.Choice;
import io.dipper.registry.Parameter;
import io.dipper.registry.Registry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes a sweep with everything spelt out, as a sweep file that gives the same points: every
 * policy with all parameters, block length and bits as they were used.
 */
final class SweepWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(1000).build();

  private final SweepSpec spec;
  private final Path folder;

  private SweepWriter(SweepSpec spec, Path folder) {
    this.spec = spec;
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * The file's text.
   *
   * @param folder where the file will lie; paths in it are relative to it
   * @param completed any completed point; bits are read from it
   */
  static String write(SweepSpec spec, Path folder, PointConfig completed) {
    return new Dump(SETTINGS).dumpToString(new SweepWriter(spec, folder).map(completed));
  }

  private Map<String, Object> map(PointConfig completed) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (spec.trace() != null) {
      map.put("trace", relative(spec.trace()));
    }
    Map<String, Object> model = model(spec.model());
    if (!model.isEmpty()) {
      map.put("model", model);
    }
    map.put("accounting", spec.accountings().stream().map(SweepWriter::lower).toList());
    map.put("hardware", spec.devices().stream().map(this::device).toList());
    Placements placements = spec.placements();
    map.put("layout", placements.layouts().stream().map(Layouts.ALL::nameOf).toList());
    map.put("unit_order", placements.orders().stream().map(UnitOrders.ALL::nameOf).toList());
    map.put("max_gap", placements.maxGaps().stream().map(ReadSizes::print).toList());
    map.put("min_request", placements.minRequests().stream().map(ReadSizes::print).toList());
    map.put(
        "speculation", placements.speculations().stream().map(Speculations.ALL::nameOf).toList());
    boolean fraction = spec.capacities().get(0).hasCacheFraction();
    map.put(
        fraction ? "cache_fraction" : "dram",
        spec.capacities().stream().map(SweepWriter::capacity).toList());
    map.put("cache", spec.caches().stream().map(this::cache).toList());
    map.put("cache_start", spec.cacheStarts().stream().map(CacheStarts.ALL::nameOf).toList());
    map.put("policy", spec.policies().stream().map(this::policy).toList());
    map.put("block_length", completed.getBlockLength());
    map.put("prompt_length", completed.getPromptLength());
    map.put("bits", bits(completed.getBits()));
    map.put("stream_static", spec.streamStatic());
    map.put("seed", spec.seeds());
    return map;
  }

  private static Map<String, Object> model(ModelChoice choice) {
    Map<String, Object> map = new LinkedHashMap<>();
    ShapeRecording run = choice.run();
    if (run != null) {
      map.put("shape", run.shape().name());
      map.put("tokens", run.tokens());
    }
    Quantisation quantisation = choice.quantisation();
    if (quantisation != null) {
      map.put("quant", quantisation.name());
    }
    return map;
  }

  private String device(SweepSpec.Device device) {
    Path file = device.file();
    return file == null ? device.profile().getName() : relative(file);
  }

  private String relative(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    boolean sameRoot = Objects.equals(absolute.getRoot(), folder.getRoot());
    String text = (sameRoot ? folder.relativize(absolute) : absolute).toString();
    String slashed = text.replace('\\', '/');
    return slashed.contains("/") ? slashed : "./" + slashed;
  }

  private static Object capacity(Capacity capacity) {
    return capacity.hasCacheFraction()
        ? number(capacity.getCacheFraction())
        : Capacities.print(capacity);
  }

  private Object cache(CacheSpec cache) {
    return choice(Caches.choice(cache), Caches.registry());
  }

  private Object policy(PolicySpec policy) {
    return choice(new Choice(policy.getName(), policy.getParameters()), Policies.registry());
  }

  private Object choice(Choice choice, Registry<?> registry) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Map<String, Parameter> declared =
        registry.find(choice.name()).description().parameters().stream()
            .collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    choice.parameters().getFieldsMap().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                parameters.put(
                    entry.getKey(), value(declared.get(entry.getKey()), entry.getValue())));
    return parameters.isEmpty() ? choice.name() : Map.of(choice.name(), parameters);
  }

  private Object value(@Nullable Parameter parameter, Value value) {
    if (parameter != null && parameter.kind() == Parameter.Kind.FILE) {
      return relative(Path.of(value.getStringValue()));
    }
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> number(value.getNumberValue());
      case BOOL_VALUE -> value.getBoolValue();
      default -> value.getStringValue();
    };
  }

  private static Map<String, Object> bits(WeightBits bits) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<FieldDescriptor, Object> entry : bits.getAllFields().entrySet()) {
      map.put(entry.getKey().getName(), number((double) entry.getValue()));
    }
    return map;
  }

  /** Whole numbers without a decimal point, others in the fewest digits. */
  private static Object number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? (Object) (long) value
        : new BigDecimal(Units.print(value, Dimension.NUMBER));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
