package io.dipper.verifier.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.execute.WarmUp;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.progress.Progress;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.live.MaskingHook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points that are executed in the embedded model, beside its masked runs in memory. */
class LiveExecutionTest {
  private static final Path MODEL = SharedData.model("bookworm-3m-q8_0.gguf");
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  /** Two sequences, the second cut short. */
  private static final int TOKENS = 180;

  /** Sums in fp32 in another order, and a few units at the edge of a mask that these turn. */
  private static final double ROUNDING = 1e-4;

  private static final double TURNED = 3e-3;

  @AutoClose private final TraceReader trace = TraceReader.open(TRACE);
  private final Recording recording = RecordingPrefix.ofTokens(trace, TOKENS);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dense                     | none | 110% | COLUMN_MAJOR | NONE
          dense                     | lfu  | 40%  | BUNDLED      | PIPELINE
          dip:density=0.5           | lfu  | 60%  | COLUMN_MAJOR | NONE
          dip:density=0.5           | lru  | 60%  | BUNDLED      | PIPELINE
          dip-ca:density=0.5        | lfu  | 60%  | BUNDLED      | IO
          glu:keep=0.5              | lru  | 60%  | COLUMN_MAJOR | NONE
          cats:keep=0.5             | lfu  | 60%  | BUNDLED      | PIPELINE
          look-ahead:density=0.6    | lfu  | 60%  | COLUMN_MAJOR | NONE
          """)
  void perplexityAndHits_areThoseOfTheMaskedModelInMemory(
      String policy, String cache, String dram, LayoutKind layout, Overlap overlap) {
    PointConfig.Builder config = config(policy, cache, dram).setLayout(layout);
    config.getHardwareBuilder().setOverlap(overlap);
    Simulation simulation = simulation("f32");
    PointConfig complete = simulation.complete(config.build());
    LiveExecution live = run(simulation, complete);
    InMemory expected = InMemory.of(simulation.plan(complete), trace, recording);
    assertThat(live.perplexity().scored()).isEqualTo(expected.perplexity.scored());
    assertThat(live.perplexity().value())
        .isCloseTo(
            expected.perplexity.value(),
            within((policy.equals("dense") ? ROUNDING : TURNED) * expected.perplexity.value()));
    Demand demand = expected.demand;
    long hits = 0;
    long selected = 0;
    for (int g = 0; g < demand.groups().size(); g++) {
      hits += demand.total(Count.HITS, g);
      selected += demand.total(Count.SELECTED, g);
    }
    long executed = live.comparison().executed().counts().hits();
    assertThat((double) executed).isCloseTo(hits, within(0.002 * selected));
    assertThat(executed + live.comparison().executed().counts().misses())
        .isCloseTo(selected, within((long) (0.001 * selected)));
    assertThat(folder).isEmptyDirectory();
  }

  /** Whoever multiplies a piece: sums are rounded in the same way. */
  @Test
  void runs_areTheSameForAnyNumberOfThreads() {
    Simulation simulation = simulation("f32");
    PointConfig config = simulation.complete(config("dip:density=0.5", "lfu", "60%").build());
    double first = run(simulation, config).perplexity().sum();
    assertThat(run(simulation, config).perplexity().sum()).isEqualTo(first);
    assertThat(run(simulation, config, 1).perplexity().sum()).isEqualTo(first);
    assertThat(run(simulation, config, 3).perplexity().sum()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"f16,0.001", "q8_0,0.01", "q4_0,0.3"})
  void storedWeights_costWhatTheirTypeLoses(String quant, double most) {
    Simulation simulation = simulation(quant);
    PointConfig config = simulation.complete(config("dense", "lfu", "60%").build());
    double exact = InMemory.of(simulation.plan(config), trace, recording).perplexity.value();
    assertThat(run(simulation, config).perplexity().value()).isCloseTo(exact, within(most * exact));
  }

  @ParameterizedTest
  @CsvSource({
    "glu-oracle:keep=0.5, f32, execute --model: masks chosen by glu come before what makes it;",
    "dip:density=1.0, f32, execute --model: its masks select all units; choose policy dense",
    "dense, q4_1, 'execute --model: no weights are made q4_1; choose --quant f32, f16,'"
  })
  void whatCannotBeExecutedLive_isSaid(String policy, String quant, String message) {
    Simulation simulation = simulation(quant);
    PointConfig config = simulation.complete(config(policy, "lfu", "60%").build());
    assertThatThrownBy(() -> run(simulation, config))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(message);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anotherModel_isRefused() {
    Simulation simulation = simulation("f32");
    PointConfig config = simulation.complete(config("dense", "lfu", "60%").build());
    Path other = SharedData.model("bookworm-3m");
    assertThatThrownBy(() -> run(other, simulation, config, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not the model that the trace was recorded from");
  }

  private Simulation simulation(String quant) {
    return new Simulation(recording, TraceInfo.of(TRACE, trace), 2, Progress.SILENT)
        .quantised(Quantisations.find(quant));
  }

  private static PointConfig.Builder config(String policy, String cache, String dram) {
    return PointConfig.newBuilder()
        .setHardware(
            HardwareProfiles.resolve("apple-a18").profile().toBuilder().setOverlap(Overlap.NONE))
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setStreamStatic(true)
        .setLayout(LayoutKind.COLUMN_MAJOR)
        .setCapacity(Capacities.dram(dram));
  }

  private LiveExecution run(Simulation simulation, PointConfig config) {
    return run(simulation, config, 2);
  }

  private LiveExecution run(Simulation simulation, PointConfig config, int threads) {
    return run(MODEL, simulation, config, threads);
  }

  private LiveExecution run(Path model, Simulation simulation, PointConfig config, int threads) {
    try {
      return LiveExecution.run(
          new LiveExecution.Source(model, TRACE, trace, recording),
          simulation,
          config,
          new ExecutionRequest(folder.resolve("w.bin"), false, threads, 4, WarmUp.of(5)),
          new RunFiles(null, null, null),
          Progress.SILENT);
    } catch (UserException e) {
      assumeFalse(String.valueOf(e.getMessage()).contains("no direct reads"), "no direct reads");
      throw e;
    }
  }

  /** A masked run of the whole model, block by block. */
  private record InMemory(Perplexity perplexity, Demand demand) {
    static InMemory of(PlannedPoint point, TraceReader trace, Recording recording) {
      List<Window> windows = new ArrayList<>();
      int row = 0;
      for (int length : recording.sequenceLengths()) {
        windows.add(new Window(Arrays.copyOfRange(trace.tokenIds(), row, row + length), 1));
        row += length;
      }
      try (ModelFile file = ModelFiles.open(MODEL);
          DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
        MaskingHook hook =
            new MaskingHook(
                List.of(point.replayPoint()),
                file.config().shape(),
                recording.sequenceLengths(),
                null,
                model.workers());
        return new InMemory(model.evaluate(windows, hook, Progress.SILENT), hook.demand(0));
      }
    }
  }
}
