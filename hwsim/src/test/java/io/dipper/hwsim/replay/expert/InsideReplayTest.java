package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.ExpertSlice;
import io.dipper.proto.LayerStorage;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.trace.Site;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks inside experts: replays equal a naive twin, and whole experts where nothing is masked. */
class InsideReplayTest {
  private static final int LAYERS = 2;
  private static final int EXPERTS = 7;
  private static final int PER_TOKEN = 3;
  private static final int UNITS = 10;
  private static final int TOKENS = 40;
  private static final int PAGE = 64;

  /** Bytes of a column in each matrix. */
  private static final int[] COLUMN = {4, 6};

  private static ModelShape shape(String... slices) {
    ModelShape.Builder shape =
        ModelShape.newBuilder()
            .setName("tiny")
            .setLayers(LAYERS)
            .setHiddenSize(8)
            .setExperts(EXPERTS)
            .setExpertsPerToken(PER_TOKEN)
            .setExpertIntermediateSize(UNITS);
    for (int bytes : COLUMN) {
      LayerStorage.Builder layer = LayerStorage.newBuilder().setDenseBytes(100);
      for (String matrices : slices) {
        int each = matrices.split("_", -1).length * bytes * UNITS;
        layer.addSlices(ExpertSlice.newBuilder().setMatrices(matrices).setBytes(each));
      }
      shape.addStorage(layer);
    }
    return shape.build();
  }

  private static SiteArrays recording(Random random, ModelShape shape) {
    Map<Site, float[][][]> values = new EnumMap<>(Site.class);
    for (Site site : EnumSet.of(Site.ROUTER, Site.EXPERT_GATE, Site.EXPERT_UP, Site.EXPERT_GLU)) {
      float[][][] ofSite = new float[LAYERS][TOKENS][site.width(shape)];
      for (float[][] layer : ofSite) {
        for (float[] row : layer) {
          for (int i = 0; i < row.length; i++) {
            row[i] = random.nextInt(9) - 4 - i % 5; // ties, and units that are chosen often
          }
        }
      }
      values.put(site, ofSite);
    }
    return new SiteArrays(shape, new int[] {TOKENS}, values);
  }

  private static float[][][] values(SiteArrays recording, Site site) {
    return Objects.requireNonNull(recording.values().get(site));
  }

  private static Demand replay(SiteArrays recording, String policy, String cache, long bytes) {
    ModelShape shape = recording.model();
    ExpertPolicy made =
        (ExpertPolicy) Policies.create(Policies.parse(policy), new PolicyContext(shape, recording));
    ExpertRules rules =
        new ExpertRules(shape, WeightBits.getDefaultInstance(), List.of(), bytes, PAGE).of(made);
    int[] capacities = new int[made.groups().size()];
    ReplayPoint point =
        new ReplayPoint(made, Caches.parse(cache), capacities, 0, SequenceStart.COLD, rules);
    return new Replay(recording, 1, Progress.SILENT).run(List.of(point)).get(0);
  }

  private static double bytesRead(Demand demand) {
    double sum = 0;
    for (int group = 0; group < demand.groups().size(); group++) {
      sum += demand.reads(group, 0).missedBytes();
    }
    return sum;
  }

  @Property(tries = 40)
  void replay_equalsTheNaiveTwin(
      @ForAll long seed,
      @ForAll @IntRange(min = 360, max = 2100) int bytes,
      @ForAll @IntRange(min = 0, max = UNITS) int kept,
      @ForAll @IntRange(min = 1, max = PER_TOKEN) int taken) {
    SiteArrays recording = recording(new Random(seed), shape("gate", "up", "down"));
    for (String mask : List.of("glu", "gate", "up")) {
      int covered = mask.equals("glu") ? 1 : 2;
      NaiveInside naive =
          new NaiveInside(
              EXPERTS,
              UNITS,
              new int[] {(3 - covered) * COLUMN[0] * UNITS, (3 - covered) * COLUMN[1] * UNITS},
              new int[] {covered * COLUMN[0], covered * COLUMN[1]});
      for (String cache :
          List.of("lru:scope=layer", "lru:scope=global", "lfu:scope=layer", "lfu:scope=global")) {
        NaiveInside.Result want =
            naive.play(
                values(recording, Site.ROUTER),
                values(recording, Site.of("expert_" + mask).orElseThrow()),
                taken,
                kept,
                cache,
                bytes);
        String policy = "router:k=%d,inside=%s,keep=%s".formatted(taken, mask, kept / 10.0);
        Demand demand = replay(recording, policy, cache, bytes);
        String what = policy + " " + cache;
        assertThat(demand.total(Count.SELECTED, 0)).as(what).isEqualTo(want.experts);
        assertThat(demand.total(Count.HITS, 0)).as(what).isEqualTo(want.expertHits);
        assertThat(demand.total(Count.SELECTED, 1)).as(what).isEqualTo(want.columns);
        assertThat(demand.total(Count.HITS, 1)).as(what).isEqualTo(want.columnHits);
        assertThat(bytesRead(demand)).as(what).isEqualTo(want.bytesRead);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"glu", "gate", "up"})
  void maskThatKeepsAll_readsWhatWholeExpertsDo(String mask) {
    SiteArrays recording = recording(new Random(1), shape("gate", "up", "down"));
    for (int experts = PER_TOKEN; experts <= EXPERTS; experts++) {
      long bytes = (long) experts * LAYERS * 3 * UNITS * COLUMN[0];
      ModelShape.Builder even = recording.model().toBuilder();
      even.setStorage(1, even.getStorage(0));
      SiteArrays same =
          new SiteArrays(even.build(), recording.sequenceLengths(), recording.values());
      Demand whole = replay(same, "router", "lru", bytes);
      Demand inside = replay(same, "router:inside=" + mask + ",keep=1", "lru", bytes);
      assertThat(inside.total(Count.HITS, 0)).isEqualTo(whole.total(Count.HITS, 0));
      assertThat(inside.total(Count.SELECTED, 1))
          .isEqualTo(UNITS * inside.total(Count.SELECTED, 0));
      assertThat(inside.total(Count.HITS, 1)).isEqualTo(UNITS * inside.total(Count.HITS, 0));
      assertThat(bytesRead(inside)).isEqualTo(bytesRead(whole));
      assertThat(inside.density()).isCloseTo(whole.density(), within(1e-12));
    }
  }

  @Test
  void cats_keepsWhatExceedsTheThresholdOfItsLayer_overAllChosenExperts() {
    SiteArrays recording = recording(new Random(2), shape("gate", "up", "down"));
    Demand demand = replay(recording, "router:inside=cats,keep=0.4", "lru", 700);
    for (int layer = 0; layer < LAYERS; layer++) {
      float[] magnitudes = new float[TOKENS * PER_TOKEN * UNITS];
      int n = 0;
      for (float[] row : values(recording, Site.EXPERT_GATE)[layer]) {
        for (float value : row) {
          magnitudes[n++] = Math.abs(value);
        }
      }
      Arrays.sort(magnitudes);
      float threshold = magnitudes[(int) (0.6 * (n - 1))];
      int above = 0;
      for (float magnitude : magnitudes) {
        above += magnitude > threshold ? 1 : 0;
      }
      assertThat(demand.selectedTotal(1, layer)).isEqualTo(above);
    }
  }

  @Test
  void parametersThatCannotWork_areRefusedInALine() {
    SiteArrays recording = recording(new Random(3), shape("gate", "up", "down"));
    assertRefused(
        recording,
        "router:inside=glu",
        "policy router: inside and keep belong together; give both, as in"
            + " router:inside=glu,keep=0.5, or none");
    assertRefused(
        recording,
        "router:k=4,inside=glu,keep=0.5",
        "policy router: k=4, and masks inside experts go by the activations of the 3 that the model"
            + " chooses; give at most that many, or leave inside out");
    assertRefused(
        recording,
        "max-rank:inside=glu,keep=0.5",
        "policy max-rank: unknown parameter 'inside'; valid are j, m");
    SiteArrays fused = recording(new Random(3), shape("gate_up", "down"));
    assertThat(replay(fused, "router:inside=glu,keep=0.5", "lru", 900).total(Count.SELECTED, 1))
        .isEqualTo((long) LAYERS * TOKENS * PER_TOKEN * UNITS / 2);
    assertRefused(
        fused,
        "router:inside=gate,keep=0.5",
        "the model's file holds gate and up of an expert in one slice, of which a mask inside"
            + " experts would read a part of each row; choose inside=glu, or leave inside out");
  }

  private static void assertRefused(SiteArrays recording, String policy, String message) {
    assertThatThrownBy(() -> replay(recording, policy, "lru", 900))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
