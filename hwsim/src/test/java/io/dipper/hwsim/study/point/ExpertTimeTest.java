package io.dipper.hwsim.study.point;

import static io.dipper.hwsim.study.point.TimedExperts.BANDWIDTH;
import static io.dipper.hwsim.study.point.TimedExperts.BYTES;
import static io.dipper.hwsim.study.point.TimedExperts.DENSE;
import static io.dipper.hwsim.study.point.TimedExperts.LAYER;
import static io.dipper.hwsim.study.point.TimedExperts.LAYERS;
import static io.dipper.hwsim.study.point.TimedExperts.SYNCHRONISATION;
import static io.dipper.hwsim.study.point.TimedExperts.TOKENS;
import static io.dipper.hwsim.study.point.TimedExperts.device;
import static io.dipper.hwsim.study.point.TimedExperts.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long tokens with experts take, beside a sum written down by hand. */
class ExpertTimeTest {
  private static final double RESOLUTION = 1e-9;

  @TempDir static Path folder;
  private static TimedExperts experts;

  @BeforeAll
  static void importRoutes() throws IOException {
    experts = new TimedExperts(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 1, 0, 0",
    "NONE, 4, 1e-9, 2e-10",
    "PIPELINE, 1, 1e-9, 0",
    "PIPELINE, 2, 1e-10, 2e-10",
    "PIPELINE, 4, 1e-9, 2e-10",
    "PIPELINE, 4, 1e-8, 1e-9"
  })
  void experts_areWaitedForTogether_orInAPipelineUsedOneByOneAsTheyCome_cachedOnesFirst(
      Overlap overlap, int lanes, double expertByte, double admitByte) {
    HardwareProfile device = device(overlap, lanes, expertByte, admitByte);

    SimulatedPoint point = experts.run(device, "lru:scope=global");

    double expected = 0;
    for (int token = 0; token < TOKENS; token++) {
      expected += seconds(point.demand(), token, device);
    }
    assertThat(TOKENS / point.timing().tokensPerSecond())
        .isCloseTo(expected, within(RESOLUTION * expected));
  }

  /** One token: per layer the dense part, room in the cache, then its experts. */
  private static double seconds(Demand demand, int token, HardwareProfile device) {
    double expertByte =
        Math.max(1 / BANDWIDTH, device.getProcessor().getExpertArithmetic().getValue());
    double sum = SYNCHRONISATION;
    for (int layer = 0; layer < LAYERS; layer++) {
      int hits = demand.hits(0, layer, token);
      int misses = demand.selected(0, layer, token) - hits;
      double admit = device.getProcessor().getAdmit().getValue() * misses * BYTES[layer];
      double each = expertByte * BYTES[layer];
      double fetched = device.getProcessor().getExpertArithmetic().getValue() * BYTES[layer];
      sum += DENSE / BANDWIDTH + SYNCHRONISATION + LAYER + admit;
      sum +=
          device.getOverlap() == Overlap.PIPELINE
              ? oneByOne(device.getFlash(), layer, hits * each, misses, fetched)
              : fetch(device.getFlash(), layer, misses) + hits * each + misses * fetched;
    }
    return sum;
  }

  private static double oneByOne(Flash flash, int layer, double cached, int misses, double each) {
    double now = cached;
    for (int expert = 1; expert <= misses; expert++) {
      now = Math.max(now, fetch(flash, layer, expert)) + each;
    }
    return now;
  }

  @Test
  void noCache_admitsNothing() {
    HardwareProfile device = device(Overlap.PIPELINE, 4, 1e-9, 1e-6);
    assertThat(experts.run(device, "none").timing().admitSeconds()).isZero();
    assertThat(experts.run(device, "lru").timing().admitSeconds()).isPositive();
  }

  /** A megabyte is read at full speed wherever it lies: only columns lie among others. */
  @Test
  void cachedExperts_areGatheredForNothingByTheirBytes() {
    HardwareProfile.Builder device = device(Overlap.NONE, 4, 1e-9, 2e-10).toBuilder();
    double without = experts.run(device.build(), "lru").timing().tokensPerSecond();
    device.getProcessorBuilder().getGatherPerByteBuilder().setValue(1e-9);
    assertThat(experts.run(device.build(), "lru").timing().tokensPerSecond()).isEqualTo(without);
  }

  @Test
  void throughThePort_everyLawHolds_andOverlapIsNeverSlower() {
    for (int lanes : new int[] {1, 3, 8}) {
      double serial = traffic(Overlap.NONE, lanes);
      assertThat(traffic(Overlap.PIPELINE, lanes)).isGreaterThan(serial);
      assertThat(traffic(Overlap.IO, lanes)).isGreaterThanOrEqualTo(serial);
    }
  }

  private static double traffic(Overlap overlap, int lanes) {
    HardwareProfile.Builder device = device(overlap, lanes, 1e-9, 2e-10).toBuilder();
    device.getDramBuilder().setFlashTraffic(true);
    return experts.run(device.build(), "lru:scope=layer").timing().tokensPerSecond();
  }
}
