package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.expert.GuessedExperts.Count;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Speculation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which experts are guessed, on routes that are written down. */
class ExpertGuessTest {
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("tiny")
          .setLayers(1)
          .setExperts(6)
          .setExpertsPerToken(2)
          .build();
  private static final ExpertUnits UNITS = new ExpertUnits(6, new int[] {0}, new long[] {100});

  /** A prompt of two tokens, then four; uses by expert: 0 five, 1 three, 2 two, 3 and 5 one. */
  private static final float[][] TAKEN = {{0, 1}, {0, 2}, {2, 0}, {1, 0}, {5, 0}, {3, 1}};

  private static ExpertDemand replay(Speculation kind, String cache, long bytes) {
    float[][] weights = new float[TAKEN.length][2];
    SiteArrays routes =
        SiteArrays.ofRoutes(
            SHAPE, new int[] {TAKEN.length}, new float[][][] {TAKEN}, new float[][][] {weights});
    ExpertPolicy policy =
        (ExpertPolicy) Policies.create(Policies.parse("router"), new PolicyContext(SHAPE, routes));
    return new ExpertReplay(
            routes, Steps.of(routes.sequenceLengths(), List.of(2)), UNITS, Progress.SILENT)
        .run(new ExpertPoint(policy, Caches.parse(cache), bytes, 0, CacheStart.COLD, kind));
  }

  @Test
  void previousToken_namesWhatTheTokenBeforeTook_thatOfAPromptsEndToo() {
    ExpertDemand demand = replay(Speculation.PREVIOUS_TOKEN, "none", 0);
    assertThat(demand.guessed(0, 0)).isEqualTo(new Count(0, 0, 0, 0));
    assertThat(demand.guessed(1, 0)).isEqualTo(new Count(2, 2, 2, 2));
    assertThat(demand.guessed(2, 0)).isEqualTo(new Count(2, 1, 2, 1));
    assertThat(demand.guessed(3, 0)).isEqualTo(new Count(2, 1, 2, 1));
    assertThat(demand.guessed(4, 0)).isEqualTo(new Count(2, 0, 2, 0));
    assertThat(demand.wrong(1, 0)).isEmpty();
    assertThat(demand.wrong(2, 0)).containsExactly(2);
    assertThat(demand.wrong(4, 0)).containsExactly(5, 0);
  }

  @Test
  void hot_namesTheMostUsedOfTheTrace_andReadsThoseThatAreNotCached() {
    ExpertDemand demand = replay(Speculation.HOT_EXPERTS, "lru", 200);
    assertThat(demand.guessed(1, 0)).isEqualTo(new Count(2, 1, 0, 0)); // a prompt is kept whole
    assertThat(demand.guessed(2, 0)).isEqualTo(new Count(2, 2, 1, 1));
    assertThat(demand.guessed(3, 0)).isEqualTo(new Count(2, 1, 0, 0));
    assertThat(demand.guessed(4, 0)).isEqualTo(new Count(2, 1, 1, 1));
  }

  @Test
  void guesses_changeNoHit() {
    for (String cache : List.of("lru", "lfu", "belady")) {
      ExpertDemand plain = replay(Speculation.NO_SPECULATION, cache, 300);
      for (Speculation kind : List.of(Speculation.PREVIOUS_TOKEN, Speculation.HOT_EXPERTS)) {
        assertThat(replay(kind, cache, 300).totals(true)).isEqualTo(plain.totals(true));
      }
    }
  }
}
