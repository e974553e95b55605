package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.profile.hardware.ProfileNumber;
import io.dipper.hwsim.profile.hardware.ProfileNumbers;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.verdict.BandSentence;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    SweptPoints sweep = new SweptPoints(results.points(), configs);
    PointData.add(sweep, root.putArray("points"));
    ArrayNode axes = root.putArray("axes");
    PointData.otherAxes(sweep).forEach(axes::add);
    root.set("parameters", PolicyData.of(results.points()));
    VerdictData.add(sweep, results, root);
    root.set("tasks", objects(results.tasks()));
    root.set("verified", objects(results.verified()));
    root.set("compared", objects(results.compared()));
    root.set("experts", objects(results.expertUses()));
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
      Double value = row.number().value();
      array.add(
          RowJson.object(row)
              .put("shown", value == null ? "table" : shown(value, row.number().unit()))
              .put(
                  "shown_low",
                  turned(
                      row.change().valueLow(), value == null ? "-10%" : null, row.number().unit()))
              .put(
                  "shown_high",
                  turned(
                      row.change().valueHigh(),
                      value == null ? "+10%" : null,
                      row.number().unit())));
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

  private static ArrayNode devices(Map<String, PointConfig> configs) {
    Map<String, HardwareProfile> profiles = new LinkedHashMap<>();
    Map<String, Set<String>> bits = new HashMap<>();
    for (PointConfig config : configs.values()) {
      String name = config.getHardware().getName();
      profiles.putIfAbsent(name, config.getHardware());
      bits.computeIfAbsent(name, n -> new LinkedHashSet<>())
          .add(PointSettings.BITS.text().apply(config));
    }
    ArrayNode devices = JSON.createArrayNode();
    for (HardwareProfile profile : profiles.values()) {
      ObjectNode device = devices.addObject();
      device.put("bits", String.join("; or ", bits.getOrDefault(profile.getName(), Set.of())));
      device.put("name", profile.getName()).put("description", profile.getDescription());
      device.put("executions", BandSentence.ofExecutions(profile));
      ArrayNode numbers = device.putArray("numbers");
      for (ProfileNumber number : ProfileNumbers.of(profile)) {
        numbers
            .addObject()
            .put("name", number.name())
            .put("value", number.text())
            .put("provenance", number.provenance().name().toLowerCase(Locale.ROOT))
            .put("source", number.source());
      }
    }
    return devices;
  }
}
