package io.dipper.hwsim.study.point;

import static io.dipper.hwsim.study.point.TimedExperts.BYTES;
import static io.dipper.hwsim.study.point.TimedExperts.LAYERS;
import static io.dipper.hwsim.study.point.TimedExperts.PAGE;
import static io.dipper.hwsim.study.point.TimedExperts.PER_TOKEN;
import static io.dipper.hwsim.study.point.TimedExperts.SYNCHRONISATION;
import static io.dipper.hwsim.study.point.TimedExperts.TOKENS;
import static io.dipper.hwsim.study.point.TimedExperts.WINDOW;
import static io.dipper.hwsim.study.point.TimedExperts.device;
import static io.dipper.hwsim.study.point.TimedExperts.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.study.result.PointExperts;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.Speculation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experts that are read before a router has spoken: what that gains and costs. */
class ExpertSpeculationTest {
  private static final double RESOLUTION = 1e-9;

  @TempDir static Path folder;
  private static TimedExperts experts;

  @BeforeAll
  static void importRoutes() throws IOException {
    experts = new TimedExperts(folder);
  }

  private static List<Integer> taken(int token, int layer) {
    return experts.routes.get(token).get(layer);
  }

  /** Of the experts of a token those that the token before took, too. */
  private static int right(int token, int layer) {
    Set<Integer> both = new HashSet<>(taken(token, layer));
    both.retainAll(taken(token - 1, layer));
    return both.size();
  }

  /** Every slice is whole pages at a place that is none, and so touches one page more. */
  @Test
  void withoutACache_theExpertsOfTwoTokensAreRead_whateverTheyShareOnce() {
    SimulatedPoint point =
        experts.run(device(Overlap.PIPELINE, 4, 1e-9, 0), "none", Speculation.PREVIOUS_TOKEN);

    long bytes = 0;
    long shared = 0;
    for (int token = 0; token < TOKENS; token++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        int right = token == 0 ? PER_TOKEN : right(token, layer);
        shared += token == 0 ? 0 : right;
        bytes += (2L * PER_TOKEN - right) * (BYTES[layer] + 3L * PAGE);
      }
    }
    double read = Objects.requireNonNull(point.row().time().reads().flashBytesReadPerToken());
    assertThat(read * TOKENS).isCloseTo(bytes, within(1e-3));
    assertThat(point.timing().flashBytesReadPerToken() * TOKENS).isCloseTo(bytes, within(1e-3));
    PointExperts.Guesses guesses = point.row().demand().experts().guesses();
    long named = (TOKENS - 1L) * LAYERS * PER_TOKEN;
    assertThat(guesses.guessed()).isEqualTo(named);
    assertThat(guesses.guessedRight()).isEqualTo(shared);
    assertThat(guesses.guessPrecision()).isEqualTo((double) shared / named);
    assertThat(guesses.guessRecall()).isEqualTo((double) shared / (TOKENS * LAYERS * PER_TOKEN));
  }

  /**
   * Before its router speaks a layer reads for a window. Then what is lacking queues behind what is
   * left of the guess, of which the wrong experts come first.
   */
  @ParameterizedTest
  @CsvSource({"1, 1e-9", "2, 1e-10", "4, 1e-9", "4, 1e-8", "64, 0"})
  void aGuess_isReadWhileTheLayerHasNotChosen_andWhatItLacksBehindIt(int lanes, double expertByte) {
    HardwareProfile device = device(Overlap.PIPELINE, lanes, expertByte, 0);

    SimulatedPoint point = experts.run(device, "none", Speculation.PREVIOUS_TOKEN);

    double expected = 0;
    for (int token = 0; token < TOKENS; token++) {
      expected += SYNCHRONISATION;
      for (int layer = 0; layer < LAYERS; layer++) {
        double now = 0;
        for (int expert = 1; expert <= PER_TOKEN; expert++) {
          double comes = comes(device, token, layer, expert);
          now = Math.max(now, comes) + expertByte * BYTES[layer];
        }
        expected += WINDOW + now;
      }
    }
    assertThat(TOKENS / point.timing().tokensPerSecond())
        .isCloseTo(expected, within(RESOLUTION * expected));
    SimulatedPoint without = experts.run(device, "none");
    assertThat(point.row().demand().hits()).isEqualTo(without.row().demand().hits());
  }

  /** When an expert comes, from the moment at which the router speaks. */
  private static double comes(HardwareProfile device, int token, int layer, int expert) {
    if (token == 0) {
      return fetch(device.getFlash(), layer, expert);
    }
    int right = right(token, layer);
    int wrong = PER_TOKEN - right;
    if (fetch(device.getFlash(), layer, PER_TOKEN) > WINDOW) {
      return fetch(device.getFlash(), layer, wrong + expert) - WINDOW;
    }
    return fetch(device.getFlash(), layer, Math.max(0, expert - right));
  }

  @Test
  void guessesThatAreAllRight_neverMakeATokenSlower() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      double expertByte = random.nextInt(3) * 5e-10;
      double admitByte = random.nextInt(2) * 1e-10;
      HardwareProfile device =
          device(Overlap.PIPELINE, 1 + random.nextInt(12), expertByte, admitByte);
      PlannedPoint point = experts.plan(device, "lru", Speculation.PREVIOUS_TOKEN);
      Demand guessed = demand(point, new Random(seed), true);
      Demand waited = demand(point, new Random(seed), false);
      assertThat(point.time(guessed).tokensPerSecond())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(point.time(waited).tokensPerSecond() * (1 - 1e-9));
    }
  }

  private static Demand demand(PlannedPoint point, Random random, boolean guesses) {
    Demand demand = new Demand(point.policy().groups(), LAYERS, new int[] {TOKENS}, point.fetch());
    for (int token = 0; token < TOKENS; token++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        int misses = random.nextInt(PER_TOKEN + 1);
        int right = random.nextInt(misses + 1);
        demand.record(0, layer, token, PER_TOKEN, PER_TOKEN - misses, misses);
        demand.record(Count.GUESSED, 0, layer, token, guesses ? right : 0);
        demand.record(Count.GUESSED_RIGHT, 0, layer, token, guesses ? right : 0);
      }
    }
    return demand;
  }

  @Test
  void guessesTakeTheRoomOfOneLayersExperts_besideTheirCaches() {
    HardwareProfile device = device(Overlap.PIPELINE, 4, 0, 0);
    PlannedPoint without = experts.plan(device, "lru", Speculation.NO_SPECULATION);
    PlannedPoint with = experts.plan(device, "lru", Speculation.HOT_EXPERTS);
    double staging = PER_TOKEN * (BYTES[2] + 3.0 * PAGE);
    assertThat(with.plan().ledger().bytes(MemoryPart.STAGING)).isEqualTo(staging);
    assertThat(with.plan().dramBytes()).isEqualTo(without.plan().dramBytes() + staging);
    assertThat(with.plan().ledger().bytes(MemoryPart.EXPERT_CACHES))
        .isEqualTo(without.plan().ledger().bytes(MemoryPart.EXPERT_CACHES));
  }

  @Test
  void whatCannotBeGuessed_isRefusedInOneLine() {
    HardwareProfile device = device(Overlap.PIPELINE, 4, 0, 0);
    assertThatThrownBy(() -> experts.plan(device, "lru", Speculation.PREVIOUS_LAYER))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "speculation previous-layer guesses columns, and these are experts; choose"
                + " previous-token, hot, router-ahead or none");
    assertThatThrownBy(() -> experts.plan(device, "lru", Speculation.ROUTER_AHEAD))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("needs the site router_ahead, which this trace lacks");
    HardwareProfile serial = device(Overlap.NONE, 4, 0, 0);
    assertThatThrownBy(() -> experts.plan(serial, "lru", Speculation.HOT_EXPERTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("speculation hot needs overlap pipeline");
  }
}
