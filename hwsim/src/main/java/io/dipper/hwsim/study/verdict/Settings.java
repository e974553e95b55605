package io.dipper.hwsim.study.verdict;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.replay.cache.CacheStarts;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.ReadSizes;
import io.dipper.hwsim.replay.layout.UnitOrders;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a point was simulated with, beside its policy: a text for each axis that a sweep can span.
 */
public final class Settings {
  public static final String DEVICE = "device";
  public static final String ACCOUNTING = "accounting";
  public static final String MEMORY = "memory";
  public static final String CACHE = "cache";

  /**
   * What is given and cannot be chosen to be faster: points compare where these are equal. The
   * other axes are ways to do the same work.
   */
  private static final Set<String> CONDITIONS =
      Set.of(
          DEVICE,
          ACCOUNTING,
          MEMORY,
          "cache start",
          "block length",
          "prompt length",
          "bits",
          "static weights");

  private Settings() {}

  /** The texts by axis, in the order in which a reader asks for them. */
  static Map<String, String> of(PointRow row, @Nullable PointConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(DEVICE, row.hardware());
    settings.put(ACCOUNTING, row.accounting());
    String capacity = row.capacity();
    settings.put(
        MEMORY, capacity == null ? Units.print(row.dramBytes(), Dimension.BYTES) : capacity);
    settings.put(CACHE, cache(row, config));
    if (config != null) {
      add(config, settings);
    }
    return settings;
  }

  /** As it is written in a sweep, with what it was told beyond the defaults. */
  private static String cache(PointRow row, @Nullable PointConfig config) {
    return config == null || config.getCache().getPolicy().isEmpty()
        ? row.cache()
        : Caches.registry().brief(Caches.choice(config.getCache())).toString();
  }

  private static void add(PointConfig config, Map<String, String> settings) {
    settings.put("cache start", CacheStarts.ALL.nameOf(config.getCacheStart()));
    settings.put("layout", Layouts.ALL.nameOf(config.getLayout()));
    settings.put("unit order", UnitOrders.ALL.nameOf(config.getUnitOrder()));
    settings.put("max gap", ReadSizes.print(config.getMaxGap()));
    settings.put("min request", ReadSizes.print(config.getMinRequest()));
    settings.put("speculation", Speculations.ALL.nameOf(config.getSpeculation()));
    settings.put("block length", String.valueOf(config.getBlockLength()));
    settings.put("prompt length", String.valueOf(config.getPromptLength()));
    settings.put("bits", bits(config.getBits()));
    settings.put("static weights", config.getStreamStatic() ? "may stream" : "resident");
    settings.put("seed", String.valueOf(config.getSeed()));
  }

  /** In one line, e.g. {@code mlp 4.5, attention 4.5, head 8.5, kv cache 16}. */
  public static String bits(WeightBits bits) {
    return List.of("mlp", "attention", "head", "kv_cache").stream()
        .map(name -> name.replace('_', ' ') + " " + bitsOf(bits, name))
        .collect(Collectors.joining(", "));
  }

  private static String bitsOf(WeightBits bits, String name) {
    FieldDescriptor field = WeightBits.getDescriptor().findFieldByName(name);
    return Units.print((double) bits.getField(field), Dimension.NUMBER);
  }

  /** Those of the settings under which points compare. */
  static Map<String, String> conditions(Map<String, String> settings) {
    Map<String, String> conditions = new LinkedHashMap<>(settings);
    conditions.keySet().retainAll(CONDITIONS);
    return conditions;
  }
}
