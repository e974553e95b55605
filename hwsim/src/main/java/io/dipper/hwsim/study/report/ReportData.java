package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page shows, as the one JSON object that is embedded in it. */
final class ReportData {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build());

  private ReportData() {}

  /**
   * The JSON of a result directory. Every {@code <} is escaped, so that no text in it can end the
   * element that holds it.
   */
  static String json(ResultDirectory results) {
    Map<String, PointConfig> configs = results.configs();
    ObjectNode root = JSON.createObjectNode();
    ArrayNode points = root.putArray("points");
    for (PointRow row : results.points()) {
      PointConfig config = configs.get(row.pointId());
      points.add(
          RowJson.object(row)
              .put("capacity", capacity(row, config))
              .put("layout", layout(config))
              .put("cache", cache(row, config)));
    }
    root.set("verified", objects(results.verified()));
    root.set("skipped", objects(results.skipped()));
    root.set("sensitivity", sensitivities(results.sensitivities()));
    root.set("quality", QualityData.of(results));
    root.set("predictions", objects(results.predictions()));
    root.put("resolved", results.resolvedSweepText().orElse(null));
    root.set("devices", devices(configs));
    try {
      return JSON.writeValueAsString(root).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <R extends Record> ArrayNode objects(List<R> rows) {
    ArrayNode array = JSON.createArrayNode();
    rows.forEach(row -> array.add(RowJson.object(row)));
    return array;
  }

  /** Rows with their numbers as a person writes them. */
  private static ArrayNode sensitivities(List<SensitivityRow> rows) {
    ArrayNode array = JSON.createArrayNode();
    for (SensitivityRow row : rows) {
      Double value = row.value();
      array.add(
          RowJson.object(row)
              .put("shown", value == null ? "table" : shown(value, row.unit()))
              .put("shown_low", turned(row.valueLow(), value == null ? "-10%" : null, row.unit()))
              .put(
                  "shown_high",
                  turned(row.valueHigh(), value == null ? "+10%" : null, row.unit())));
    }
    return array;
  }

  private static @Nullable String turned(
      @Nullable Double value, @Nullable String otherwise, String unit) {
    return value == null ? otherwise : shown(value, unit);
  }

  private static String shown(double value, String unit) {
    return Units.print(value, Dimension.ofBase(unit));
  }

  private static String capacity(PointRow row, @Nullable PointConfig config) {
    return config == null
        ? Units.print(row.dramBytes(), Dimension.BYTES)
        : Capacities.describe(config);
  }

  private static String cache(PointRow row, @Nullable PointConfig config) {
    return config == null
        ? row.cache()
        : Caches.registry().brief(Caches.choice(config.getCache())).toString();
  }

  private static @Nullable String layout(@Nullable PointConfig config) {
    return config == null ? null : Layouts.ALL.nameOf(config.getLayout());
  }

  private static ArrayNode devices(Map<String, PointConfig> configs) {
    Map<String, HardwareProfile> profiles = new LinkedHashMap<>();
    configs.values().forEach(c -> profiles.putIfAbsent(c.getHardware().getName(), c.getHardware()));
    ArrayNode devices = JSON.createArrayNode();
    for (HardwareProfile profile : profiles.values()) {
      ObjectNode device = devices.addObject();
      device.put("name", profile.getName()).put("description", profile.getDescription());
      ArrayNode numbers = device.putArray("numbers");
      for (ProfileNumbers.Number number : ProfileNumbers.of(profile)) {
        numbers
            .addObject()
            .put("name", number.name())
            .put("value", number.value())
            .put("provenance", number.provenance())
            .put("source", number.source());
      }
    }
    return devices;
  }
}
