package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.files.OutputFile;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long tokens with experts take, beside a sum written down by hand. */
class ExpertTimeTest {
  private static final int LAYERS = 3;
  private static final int EXPERTS = 16;
  private static final int PER_TOKEN = 5;
  private static final int TOKENS = 40;
  private static final int PAGE = 4096;
  private static final long DENSE = 1_000_000;
  private static final long[] BYTES = {300L * PAGE, 300L * PAGE, 360L * PAGE};
  private static final double BANDWIDTH = 50e9;
  private static final double SYNCHRONISATION = 1e-4;
  private static final double LAYER = 3e-4;
  private static final double RESOLUTION = 1e-9;

  @TempDir static Path folder;
  private static Simulation simulation;

  @BeforeAll
  static void importRoutes() throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>();
    lines.add("# model=tiny.gguf arch=tiny n_layer=3 n_expert=16 n_expert_used=5");
    for (int layer = 0; layer < LAYERS; layer++) {
      lines.add("# layer=" + layer + " expert_bytes=" + BYTES[layer] + " dense_bytes=" + DENSE);
    }
    lines.add("turn,phase,step,layer,slot,expert,weight");
    for (int token = 0; token < TOKENS; token++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        List<Integer> experts = new ArrayList<>(IntStream.range(0, EXPERTS).boxed().toList());
        Collections.shuffle(experts, random);
        for (int slot = 0; slot < PER_TOKEN; slot++) {
          lines.add("0,1," + token + "," + layer + "," + slot + "," + experts.get(slot) + ",0.2");
        }
      }
    }
    Path routes = Files.write(folder.resolve("r.csv"), lines);
    Path file = folder.resolve("t.arrow");
    try (OutputFile output = OutputFile.recording(file, OutputFile.Existing.REPLACED)) {
      RouteImport.run(routes, "test", output, Progress.SILENT);
    }
    simulation = Simulation.of(file, TraceReader.open(file), 1, Progress.SILENT);
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

    SimulatedPoint point = run(device, "lru:scope=global");

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

  /** The three slices of some experts in one queue, a page more each than they are long. */
  private static double fetch(Flash flash, int layer, int experts) {
    return experts == 0
        ? 0
        : FlashTiming.of(flash).requestsSeconds(3.0 * experts, BYTES[layer] / 3.0 + PAGE);
  }

  @Test
  void noCache_admitsNothing() {
    HardwareProfile device = device(Overlap.PIPELINE, 4, 1e-9, 1e-6);
    assertThat(run(device, "none").timing().admitSeconds()).isZero();
    assertThat(run(device, "lru").timing().admitSeconds()).isPositive();
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
    return run(device.build(), "lru:scope=layer").timing().tokensPerSecond();
  }

  private static SimulatedPoint run(HardwareProfile device, String cache) {
    return simulation.run(
        simulation.complete(
            PointConfig.newBuilder()
                .setHardware(device)
                .setPolicy(Policies.parse("router"))
                .setCache(Caches.parse(cache))
                .setCapacity(Capacities.cacheBytes("30 MB"))
                .build()));
  }

  private static HardwareProfile device(
      Overlap overlap, int lanes, double expertByte, double admitByte) {
    HardwareProfile.Builder device =
        HardwareProfiles.resolve("paper").profile().toBuilder().setOverlap(overlap);
    device
        .getFlashBuilder()
        .setMaxBandwidth(q(4e9))
        .setLatency(q(8e-5))
        .setLaneBandwidth(q(1e9))
        .setLanes(q(lanes))
        .setPageSize(q(PAGE));
    device.getDramBuilder().setBandwidth(q(BANDWIDTH)).clearEfficiency().clearCapacity();
    device
        .getProcessorBuilder()
        .setLayerSynchronisation(q(SYNCHRONISATION))
        .setExpertLayer(q(LAYER))
        .setExpertArithmetic(q(expertByte))
        .setAdmit(q(admitByte));
    return device.build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
