package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.YamlMapping;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LongVectors;
import io.dipper.proto.Processor;
import java.util.List;
import java.util.Map;

/**
 * The check that a processor that throttles says when and to what, and that lengths of rows rise,
 * with every backend.
 */
final class ProcessorCheck {
  private ProcessorCheck() {}

  /**
   * Throws for the first thing that is wrong.
   *
   * @param origins where each value is written
   * @param root the file that is named where a value is missing
   */
  static void check(HardwareProfile device, Map<String, Location> origins, YamlMapping root) {
    List<String> names = Backends.names(device);
    for (String name : names.isEmpty() ? List.of("") : names) {
      check(Backends.choose(device, name).getProcessor(), origins, root);
    }
  }

  private static void check(Processor processor, Map<String, Location> origins, YamlMapping root) {
    if (processor.hasThrottleAfter() && !processor.hasThrottledSpeed()) {
      throw ProfilePlaces.error(
          "processor.throttle_after",
          "throttle_after stands alone; give throttled_speed too, the share of its speed that is"
              + " left",
          origins,
          root);
    }
    if (processor.hasThrottledSpeed() && !processor.hasThrottleAfter()) {
      throw ProfilePlaces.error(
          "processor.throttled_speed",
          "throttled_speed stands alone; give throttle_after too (0 s: hot from the start)",
          origins,
          root);
    }
    if (processor.hasCooling() && !processor.hasThrottleAfter()) {
      throw ProfilePlaces.error(
          "processor.cooling",
          "cooling stands alone; give throttle_after and throttled_speed",
          origins,
          root);
    }
    double longest = 0;
    for (LongVectors vectors : processor.getLongVectorsList()) {
      if (vectors.getLength() <= longest || !vectors.hasDequantise()) {
        throw ProfilePlaces.error(
            "processor.long_vectors",
            "long_vectors are lengths that rise, each with its dequantise; write e.g."
                + " '- {length: 4096, dequantise: {q8_0: 20 Gweights/s}}'",
            origins,
            root);
      }
      longest = vectors.getLength();
    }
  }
}
