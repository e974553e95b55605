package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.ExpertSlice;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.proto.Speculation;
import io.dipper.proto.TraceManifest;
import io.dipper.trace.Site;
import io.dipper.trace.TraceBlock;
import io.dipper.trace.TraceReader;
import io.dipper.trace.TraceWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Points with masks inside experts: bytes and seconds, beside sums written down by hand. */
class InsidePointTest {
  private static final int LAYERS = 2;
  private static final int UNITS = 64;
  private static final int PER_TOKEN = 2;
  private static final int TOKENS = 30;
  private static final int PAGE = 4096;
  private static final long DENSE = 1_000_000;
  private static final long MATRIX = 64L * 1500;
  private static final double BANDWIDTH = 50e9;
  private static final double EXPERT_BYTE = 1e-9;
  private static final double ADMIT_BYTE = 2e-10;

  @TempDir static Path folder;
  private static Simulation simulation;

  @BeforeAll
  static void write() {
    LayerStorage.Builder layer = LayerStorage.newBuilder().setDenseBytes(DENSE);
    for (String matrix : List.of("gate", "up", "down")) {
      layer.addSlices(ExpertSlice.newBuilder().setMatrices(matrix).setBytes(MATRIX));
    }
    TraceManifest manifest =
        TraceManifest.newBuilder()
            .setFormatVersion(1)
            .setModel(
                ModelShape.newBuilder()
                    .setName("tiny")
                    .setLayers(LAYERS)
                    .setHiddenSize(16)
                    .setVocabularySize(100)
                    .setExperts(6)
                    .setExpertsPerToken(PER_TOKEN)
                    .setExpertIntermediateSize(UNITS)
                    .addStorage(layer)
                    .addStorage(layer))
            .setProtocol("disjoint-" + TOKENS)
            .setBlockLength(TOKENS)
            .setSequences(1)
            .setTokens(TOKENS)
            .addSites("router")
            .addSites("expert_gate")
            .addSites("expert_glu")
            .setProducer("test")
            .build();
    Path file = folder.resolve("t.arrow");
    try (TraceWriter writer = TraceWriter.create(file, manifest, null)) {
      writer.append(block(manifest));
      writer.finish();
    }
    simulation = Simulation.of(file, TraceReader.open(file), 1, Progress.SILENT);
  }

  private static TraceBlock block(TraceManifest manifest) {
    Random random = new Random(5);
    TraceBlock block = TraceBlock.of(manifest, TOKENS);
    for (int token = 0; token < TOKENS; token++) {
      block.add(0, token, random.nextInt(100));
    }
    for (int layer = 0; layer < LAYERS; layer++) {
      for (Site site : List.of(Site.ROUTER, Site.EXPERT_GATE, Site.EXPERT_GLU)) {
        float[] values = new float[TOKENS * site.width(manifest.getModel())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        block.put(layer, site, 0, TOKENS, values);
      }
    }
    return block;
  }

  private static SimulatedPoint run(String policy) {
    return run(point(policy, device()).build());
  }

  private static SimulatedPoint run(PointConfig config) {
    return simulation.run(simulation.complete(config));
  }

  private static PointConfig.Builder point(String policy, HardwareProfile device) {
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse("lru"))
        .setCapacity(Capacities.cacheBytes(LAYERS * 9 * MATRIX + " B"));
  }

  private static HardwareProfile device() {
    HardwareProfile.Builder device =
        HardwareProfiles.resolve("paper").profile().toBuilder().setOverlap(Overlap.NONE);
    device.getFlashBuilder().setLatency(q(8e-5)).setLanes(q(4)).setLaneBandwidth(q(1e9));
    device.getFlashBuilder().setMaxBandwidth(q(4e9)).setPageSize(q(PAGE));
    device.getDramBuilder().setBandwidth(q(BANDWIDTH)).clearEfficiency().clearCapacity();
    device.getProcessorBuilder().setExpertArithmetic(q(EXPERT_BYTE)).setAdmit(q(ADMIT_BYTE));
    return device.build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"glu", "gate", "cats"})
  void bytes_areThoseOfMissedExpertsAndColumns_andWhatIsReadTheirPages(String mask) {
    SimulatedPoint point = run("router:inside=" + mask + ",keep=0.25");
    int covered = mask.equals("glu") ? 1 : 2;
    PointRow row = point.row();
    Demand demand = point.demand();
    double wanted = 0;
    long pages = 0;
    for (GroupRow group : point.result().groups()) {
      boolean columns = group.mask().space().equals("h");
      assertThat(group.sizes().unitBytes())
          .isEqualTo(columns ? covered * MATRIX / UNITS : (3 - covered) * MATRIX);
      assertThat(group.sizes().units()).isEqualTo(columns ? 6 * UNITS : 6);
      wanted += (group.counts().selected() - group.counts().hits()) * group.sizes().unitBytes();
      pages += demand.total(Count.PAGES_READ, group.group());
    }
    assertThat(row.demand().traffic().flashBytesPerToken())
        .isCloseTo(wanted / TOKENS, within(1e-6));
    assertThat(row.time().reads().flashBytesReadPerToken())
        .isEqualTo((double) pages * PAGE / TOKENS);
    assertThat(pages * PAGE).isGreaterThan((long) wanted);
    assertThat(row.demand().experts().lookups()).isEqualTo(LAYERS * TOKENS * PER_TOKEN);
    assertThat(row.demand().hits().selectedH()).isEqualTo(demand.total(Count.SELECTED, 1));
    double kept = (double) demand.total(Count.SELECTED, 1) / (LAYERS * TOKENS * 6 * UNITS);
    assertThat(row.demand().density())
        .isCloseTo(((3 - covered) * PER_TOKEN / 6.0 + covered * kept) / 3, within(1e-12));
  }

  @Test
  void time_isThatOfWholeSlicesAndThenOfTheReadsOfColumns() {
    SimulatedPoint point = run("router:inside=gate,keep=0.25");
    FlashTiming flash = FlashTiming.of(device().getFlash());
    Demand demand = point.demand();
    double cachedByte = Math.max(1 / BANDWIDTH, EXPERT_BYTE);
    double expected = 0;
    for (int token = 0; token < TOKENS; token++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        expected += DENSE / BANDWIDTH;
        for (int group = 0; group < 2; group++) {
          double unit = group == 0 ? MATRIX : 2.0 * MATRIX / UNITS;
          int hits = demand.hits(group, layer, token);
          int misses = demand.selected(group, layer, token) - hits;
          expected += hits * unit * cachedByte + misses * unit * (EXPERT_BYTE + ADMIT_BYTE);
          double reads = group == 0 ? misses : demand.count(Count.READS, 1, layer, token);
          double bytes = (double) PAGE * demand.count(Count.PAGES_READ, group, layer, token);
          if (reads > 0) {
            expected += flash.requestsSeconds(reads, group == 0 ? meanSlice() : bytes / reads);
          }
        }
      }
    }
    assertThat(TOKENS / point.timing().tokensPerSecond())
        .isCloseTo(expected, within(1e-3 * expected));
  }

  /** What reading the gate's slice of an expert takes on average. */
  private static double meanSlice() {
    long pages = 0;
    for (int expert = 0; expert < 6; expert++) {
      long from = 32 + DENSE + expert * MATRIX;
      pages += (from + MATRIX - 1) / PAGE - from / PAGE + 1;
    }
    return pages * PAGE / 6.0;
  }

  @Test
  void traceWithoutWhatAMaskLooksAt_saysHowToRecordIt() {
    assertThatThrownBy(() -> run("router:inside=up,keep=0.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expert_up");
  }

  @ParameterizedTest
  @EnumSource(names = {"PREVIOUS_TOKEN", "HOT_EXPERTS"})
  void speculation_isRefusedUnderAMaskInside_andServesWholeExperts(Speculation kind) {
    HardwareProfile pipeline = device().toBuilder().setOverlap(Overlap.PIPELINE).build();
    PointConfig inside = point("router:inside=glu,keep=0.5", pipeline).setSpeculation(kind).build();
    assertThatThrownBy(() -> run(inside))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "speculation %s reads whole experts, and policy router masks inside them; leave out"
                + " inside, or choose speculation none",
            Speculations.ALL.nameOf(kind));
    PointConfig whole = point("router", pipeline).setSpeculation(kind).build();
    assertThat(run(whole).row().demand().experts().guesses().guessRecall()).isPositive();
  }

  @Test
  void routersOwnExperts_areTheModelAsItIs_butNotUnderAMaskInside() {
    assertThat(run("router").row().isMasked()).isFalse();
    assertThat(run("router:inside=glu,keep=0.5").row().isMasked()).isTrue();
  }
}
