package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.Dram;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fetching ahead on a guess gains and costs, by closed forms. */
class SpeculationTest {
  private static final Percentage RESOLUTION = Percentage.withPercentage(1e-4);
  private static final double FLASH = 1e9;
  private static final int ROWS = 5;
  private static final int SELECTED = 800;
  private static final int HITS = 200;
  private static final Set<Count> EXTRA =
      Set.of(Count.GUESSED, Count.GUESSED_RUNS, Count.GUESSED_RIGHT);

  /** One masked group: the static steps of a layer are the window in which its guess is read. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 60e9",
    "600, 600, 60e9", // all right, longer than the window
    "600, 600, 3e9", // all right, hidden whole
    "600, 0, 60e9", // all wrong, what does not fit into the window is waited for
    "100, 0, 3e9", // all wrong, hidden: costs its bytes alone
    "300, 200, 60e9",
    "300, 200, 10e9",
    "700, 500, 5e9"
  })
  void aGuess_hidesWhatFitsIntoTheWindow_andCostsItsBytes(int guessed, int right, double dram) {
    PointConfig config = Synthetic.config(device(Overlap.PIPELINE, dram), 64, 64);
    ModelBytes bytes = ModelBytes.of(config);
    double unit = GLU.get(0).bytesPerUnit(bytes.bits());
    double window =
        (bytes.attention() + bytes.kvCache(64)) / LAYERS / dram + 2 * bytes.matrix() / dram;
    double cached = HITS * unit / dram;
    double seconds = bytes.head() / dram;
    double left = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
      int missed = SELECTED - HITS - (layer == 0 ? 0 : right);
      double fetch = missed * unit / FLASH + left;
      double step = Math.max(fetch, cached);
      seconds += window + step;
      left = Math.max(0, guessed * unit / FLASH - (step - fetch) - window);
    }

    DeviceRun run = run(config, GLU, demand(GLU, guessed, right));

    assertThat(1 / run.tokensPerSecond()).isCloseTo(seconds, RESOLUTION);
    double read = LAYERS * (SELECTED - HITS) + (LAYERS - 1) * (guessed - right);
    assertThat(run.reads().bytes()).isCloseTo(ROWS * read * unit, RESOLUTION);
    // Twice where the next guess is read while the step still uses its own.
    assertThat(run.work().stagedBytes()).isBetween(guessed * unit, 2 * guessed * unit);
  }

  @Test
  void aGuessThatIsNotBegun_isDropped_andItsRightUnitsAreFetchedAsMisses() {
    for (Overlap overlap : List.of(Overlap.NONE, Overlap.IO)) {
      PointConfig config = Synthetic.config(device(overlap, 60e9), 64, 64);
      DeviceRun without = run(config, DIP, demand(DIP, 0, 0));
      DeviceRun dropped = run(config, DIP, demand(DIP, 300, 200));
      assertThat(dropped.tokensPerSecond()).isCloseTo(without.tokensPerSecond(), RESOLUTION);
      assertThat(dropped.reads().bytes()).isCloseTo(without.reads().bytes(), RESOLUTION);
      assertThat(dropped.work().stagedBytes()).isZero();
    }
  }

  /** Every run checks its ledger, its bytes and that each read completes once. */
  @Test
  void whateverIsGuessed_theInvariantsHold() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      HardwareProfile.Builder device = device(Overlap.PIPELINE, 6e9).toBuilder();
      device.getFlashBuilder().setLatency(q(random.nextInt(3) * 50e-6)).setLanes(q(4));
      device.getDramBuilder().setFlashTraffic(random.nextBoolean());
      PointConfig config = Synthetic.config(device.build(), 64, 0);
      List<UnitGroup> groups = random.nextBoolean() ? DIP : GLU;
      double streamed = random.nextBoolean() ? 1e5 : 0;
      Demand demand = random(groups, random);
      double staging = random.nextInt(5) * 2e4;
      MemoryPlan plan = Synthetic.plan(config, groups, streamed, 1e6, staging);
      DeviceRun run = DeviceRun.of(new Workload(config, plan, demand), EngineListener.NONE);
      assertThat(run.tokensPerSecond()).isPositive();
      assertThat(run.work().stagedBytes()).isLessThanOrEqualTo(staging);
    }
  }

  /**
   * Masks that are known a layer early are guessed whole and right; static weights are resident.
   */
  @Test
  void readsThatBeginALayerEarly_neverMakeATokenLonger() {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      HardwareProfile.Builder device =
          device(Overlap.PIPELINE, new double[] {3e9, 6e9, 60e9}[random.nextInt(3)]).toBuilder();
      device.getFlashBuilder().setLatency(q(random.nextInt(3) * 50e-6)).setLanes(q(4));
      device.getDramBuilder().setFlashTraffic(random.nextBoolean());
      PointConfig config = Synthetic.config(device.build(), 64, 0);
      List<UnitGroup> groups = random.nextBoolean() ? DIP : GLU;
      double staging = random.nextInt(6) * 2e4;
      MemoryPlan plan = Synthetic.plan(config, groups, 0, 1e6, staging);
      long counts = random.nextLong();
      double with = seconds(config, plan, known(groups, new Random(counts), true));
      double without = seconds(config, plan, known(groups, new Random(counts), false));
      assertThat(with).as("seed %d", seed).isLessThanOrEqualTo(without * (1 + 1e-9));
      least = Math.min(least, with / without);
      most = Math.max(most, with / without);
    }
    assertThat(least).as("the largest gain").isLessThan(0.9);
    assertThat(most).as("where no guess has room").isGreaterThan(0.999);
  }

  private static double seconds(PointConfig config, MemoryPlan plan, Demand demand) {
    return 1
        / DeviceRun.of(new Workload(config, plan, demand), EngineListener.NONE).tokensPerSecond();
  }

  /** One sequence of tokens, with or without guesses of all that is missed. */
  private static Demand known(List<UnitGroup> groups, Random random, boolean early) {
    Demand demand = new Demand(groups, LAYERS, new int[] {6}, EXTRA);
    for (int row = 0; row < demand.tokens(); row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int g = 0; g < groups.size(); g++) {
          int selected = 1 + random.nextInt(400);
          int hits = random.nextInt(selected + 1);
          int missed = selected - hits;
          int runs = missed == 0 ? 0 : 1 + random.nextInt(missed);
          boolean guessed = early && layer > 0;
          demand.record(Count.GUESSED, g, layer, row, guessed ? missed : 0);
          demand.record(Count.GUESSED_RUNS, g, layer, row, guessed ? runs : 0);
          demand.record(Count.GUESSED_RIGHT, g, layer, row, guessed ? missed : 0);
          demand.record(g, layer, row, selected, hits, guessed ? 0 : runs);
        }
      }
    }
    return demand;
  }

  private static Demand random(List<UnitGroup> groups, Random random) {
    Demand demand = new Demand(groups, LAYERS, new int[] {7, 3}, EXTRA);
    for (int row = 0; row < demand.tokens(); row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int g = 0; g < groups.size(); g++) {
          int selected = 1 + random.nextInt(400);
          int hits = random.nextInt(selected + 1);
          int right = layer == 0 ? 0 : random.nextInt(selected - hits + 1);
          int guessed = layer == 0 ? 0 : right + random.nextInt(100);
          int missed = selected - hits - right;
          demand.record(Count.GUESSED, g, layer, row, guessed);
          demand.record(Count.GUESSED_RUNS, g, layer, row, (guessed + 1) / 2);
          demand.record(Count.GUESSED_RIGHT, g, layer, row, right);
          demand.record(g, layer, row, selected, hits, (missed + 1) / 2);
        }
      }
    }
    return demand;
  }

  private static Demand demand(List<UnitGroup> groups, int guessed, int right) {
    Demand demand = new Demand(groups, LAYERS, new int[] {ROWS}, EXTRA);
    int selected = groups == GLU ? SELECTED : 400;
    int hits = groups == GLU ? HITS : 100;
    for (int row = 0; row < ROWS; row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int g = 0; g < groups.size(); g++) {
          int rightHere = layer == 0 ? 0 : right;
          int missed = selected - hits - rightHere;
          demand.record(Count.GUESSED, g, layer, row, layer == 0 ? 0 : guessed);
          demand.record(Count.GUESSED_RUNS, g, layer, row, layer == 0 || guessed == 0 ? 0 : 3);
          demand.record(Count.GUESSED_RIGHT, g, layer, row, rightHere);
          demand.record(g, layer, row, selected, hits, Math.min(missed, 7));
        }
      }
    }
    return demand;
  }

  private static DeviceRun run(PointConfig config, List<UnitGroup> groups, Demand demand) {
    return DeviceRun.of(
        new Workload(config, Synthetic.plan(config, groups, 0), demand), EngineListener.NONE);
  }

  private static HardwareProfile device(Overlap overlap, double dram) {
    return HardwareProfile.newBuilder()
        .setName("made up")
        .setOverlap(overlap)
        .setFlash(Flash.newBuilder().setMaxBandwidth(q(FLASH)))
        .setDram(Dram.newBuilder().setBandwidth(q(dram)))
        .build();
  }
}
