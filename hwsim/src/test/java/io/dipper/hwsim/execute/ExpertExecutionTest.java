package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.ExecutedExperts.Planned;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Executed experts beside the simulated ones, and beside products of the file's bytes. */
class ExpertExecutionTest {
  private static final int PAGE = 4096;
  private static final Integer[] PROMPTS = {5, 0, 4, 60};

  @TempDir private Path folder;
  @TempDir private Path traces;

  private static Executed run(Execution execution, EngineListener listener, RunListener outputs) {
    try {
      return execution.run(listener, outputs, Progress.SILENT);
    } catch (UserException e) {
      assumeTrue(!String.valueOf(e.getMessage()).contains("no direct reads"), "no direct reads");
      throw e;
    }
  }

  private ExecutionRequest request() {
    return new ExecutionRequest(folder.resolve("w.bin"), false, 2, 3, WarmUp.of(2));
  }

  @ParameterizedTest
  @CsvSource({
    "router, lru, NONE",
    "router, lfu, IO",
    "router, lru, PIPELINE",
    "router, none, NONE",
    "router, none, PIPELINE",
    "router:k=3, lru:scope=global, PIPELINE",
    "router, hot, IO",
    "top-p:p=0.6, lru:scope=global, NONE",
    "top-p:p=0.9, lru, PIPELINE",
    "drop-cold:f=0.75, lfu:scope=global, PIPELINE",
    "drop-cold:f=0.75, lru, NONE",
    "cache-prior:lambda=0.3, lru, IO",
    "cache-prior:lambda=0.3, lru:scope=global, PIPELINE",
    "max-rank:m=4, lfu, PIPELINE",
    "max-rank:m=4, lru:scope=global, NONE"
  })
  void everyStep_findsAndReadsWhatTheReplaySays_andMultipliesTheExpertsOfTheFile(
      String policy, String cache, Overlap overlap) {
    for (ModelShape shape : List.of(ExecutedExperts.shape().build(), ExecutedExperts.uneven())) {
      for (Integer[] prompts : List.of(new Integer[0], PROMPTS)) {
        try (ExecutedExperts experts = new ExecutedExperts(traces, shape, prompts)) {
          assertExecuted(experts, ExecutedExperts.config(policy, cache, "200 kB"), overlap);
        }
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** The budget of a layer holds one expert of the two of a token, all of them hold one. */
  @ParameterizedTest
  @CsvSource({"60 kB, lru", "20 kB, lru:scope=global", "400 kB, lru:scope=global", "1 MB, lfu"})
  void cachesOfAnySize_keepInMemoryWhatTheyHold(String size, String cache) {
    for (CacheStart start : List.of(CacheStart.COLD, CacheStart.CARRIED)) {
      try (ExecutedExperts experts =
          new ExecutedExperts(traces, ExecutedExperts.shape().build(), PROMPTS)) {
        assertExecuted(
            experts,
            ExecutedExperts.config("router", cache, size).setCacheStart(start),
            Overlap.PIPELINE);
      }
    }
  }

  private void assertExecuted(
      ExecutedExperts experts, PointConfig.Builder config, Overlap overlap) {
    config.getHardwareBuilder().setOverlap(overlap);
    Planned planned = experts.plan(config);
    NaiveExpertProducts naive = new NaiveExpertProducts(planned, folder.resolve("w.bin"));
    Map<String, List<Integer>> chosen = planned.chosen();
    CheckedDemand checked = new CheckedDemand(planned.work().demand());
    int[] compared = new int[1];
    RunListener outputs =
        new RunListener() {
          @Override
          public void multiplied(int row, int layer, int group, UnitProducts products) {
            throw new AssertionError("no masks");
          }

          @Override
          public void multiplied(int row, int layer, ExpertProducts products) {
            naive.compare(layer, Objects.requireNonNull(chosen.get(row + "/" + layer)), products);
            compared[0]++;
          }
        };
    Executed executed = run(planned.execution(request()), checked, outputs);
    int tokens = planned.work().demand().tokens();
    assertThat(compared[0]).isEqualTo(tokens * ExecutedExperts.ROUTED.length);
    assertThat(checked.steps).isEqualTo(tokens * ExecutedExperts.ROUTED.length);
    assertThat(executed.counts()).isEqualTo(planned.exact());
    assertThat(executed.counts().bytes())
        .isEqualTo(PAGE * planned.work().demand().total(Count.PAGES_READ, 0));
    assertThat(executed.ledger().idle()).isZero();
  }

  /** Holds every step's hits, misses, requests and bytes to a demand. */
  private static final class CheckedDemand implements EngineListener {
    private final Demand demand;
    private int steps;

    CheckedDemand(Demand demand) {
      this.demand = demand;
    }

    @Override
    public void spent(Stretch stretch) {}

    @Override
    public void demanded(StepDemand step) {
      int row = step.place().row();
      int layer = step.place().layer();
      if (step.selected() > 0) {
        steps++;
        assertThat(step.selected()).isEqualTo(demand.selected(0, layer, row));
        assertThat(step.hits()).isEqualTo(demand.hits(0, layer, row));
        assertThat(step.flashBytes())
            .isEqualTo(PAGE * demand.count(Count.PAGES_READ, 0, layer, row));
      }
    }
  }
}
