package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.ExecutedBookworm.Planned;
import io.dipper.hwsim.execute.file.WeightFile;
import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.UnitOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Executed points beside the simulated ones, and beside products of the file's bytes. */
class ExecutionTest {
  private static final int PAGE = 4096;

  @AutoClose private final ExecutedBookworm bookworm = new ExecutedBookworm(20);
  @TempDir private Path folder;

  private ExecutionRequest request(int threads, int lanes) {
    return new ExecutionRequest(folder.resolve("w.bin"), false, threads, lanes, WarmUp.of(3));
  }

  private static Executed run(Execution execution, RunListener outputs) {
    try {
      return execution.run(EngineListener.NONE, outputs, Progress.SILENT);
    } catch (UserException e) {
      assumeTrue(!String.valueOf(e.getMessage()).contains("no direct reads"), "no direct reads");
      throw e;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dense                | none | 110% | COLUMN_MAJOR | NONE
          dense                | lfu  | 110% | COLUMN_MAJOR | PIPELINE
          dense                | lru  | 70%  | BUNDLED      | NONE
          dense                | lfu  | 70%  | COLUMN_MAJOR | IO
          dense                | lfu  | 70%  | BUNDLED      | PIPELINE
          dense                | none | 30%  | COLUMN_MAJOR | NONE
          dense                | lfu  | 30%  | BUNDLED      | PIPELINE
          dip:density=0.5      | none | 70%  | COLUMN_MAJOR | NONE
          dip:density=0.5      | lru  | 70%  | COLUMN_MAJOR | IO
          dip:density=0.5      | lfu  | 70%  | BUNDLED      | PIPELINE
          dip:density=0.7      | lfu  | 30%  | BUNDLED      | PIPELINE
          dip-ca:density=0.5   | lfu  | 60%  | COLUMN_MAJOR | NONE
          dip-ca:density=0.5   | lru  | 60%  | BUNDLED      | PIPELINE
          glu:keep=0.5         | lru  | 60%  | COLUMN_MAJOR | PIPELINE
          glu-oracle:keep=0.5  | lfu  | 60%  | BUNDLED      | NONE
          glu-oracle:keep=0.5  | lru  | 60%  | COLUMN_MAJOR | PIPELINE
          cats:keep=0.5        | lfu  | 60%  | COLUMN_MAJOR | NONE
          cats:keep=0.5        | lru  | 60%  | BUNDLED      | IO
          """)
  void hitsMissesRequestsAndBytes_areTheSimulatedOnes(
      String policy, String cache, String dram, LayoutKind layout, Overlap overlap) {
    PointConfig.Builder config = ExecutedBookworm.config(policy, cache, dram).setLayout(layout);
    config.getHardwareBuilder().setOverlap(overlap);
    assertSameCounts(bookworm.plan(config));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"COLD,NONE", "CARRIED,PIPELINE", "PREFILLED,PIPELINE"})
  void sequences_beginAsTheirCachesDo(CacheStart start, Overlap overlap) {
    PointConfig.Builder config =
        ExecutedBookworm.config("dip:density=0.5", "lfu", "90%")
            .setLayout(LayoutKind.BUNDLED)
            .setCacheStart(start);
    config.getHardwareBuilder().setOverlap(overlap);
    try (ExecutedBookworm longer = new ExecutedBookworm(132)) {
      assertSameCounts(longer.plan(config));
    }
  }

  @Test
  void gapsAndOrders_areReadAsTheyAreCounted() {
    assertSameCounts(
        bookworm.plan(
            ExecutedBookworm.config("dip:density=0.5", "lfu", "60%")
                .setUnitOrder(UnitOrder.CO_ACTIVATION)
                .setMaxGap(3000)));
  }

  @Test
  void matricesThatAreReadWholeSooner_areReadWhole() {
    PointConfig.Builder config = ExecutedBookworm.config("dip:density=0.5", "lru", "60%");
    config.getHardwareBuilder().getFlashBuilder().getLatencyBuilder().setValue(1e-3);
    Planned planned = bookworm.plan(config);
    ReadCounts counts = assertSameCounts(planned);
    assertThat(counts.bytes()).isEqualTo(planned.simulated().bytes());
  }

  private ReadCounts assertSameCounts(Planned planned) {
    Executed executed = run(planned.execution(request(2, 3)), RunListener.NONE);
    ReadCounts counts = executed.counts();
    assertThat(counts).isEqualTo(planned.exact());
    assertThat((double) counts.bytes())
        .isGreaterThanOrEqualTo(missedBytes(planned))
        .isCloseTo(planned.simulated().bytes(), within(2.0 * PAGE * counts.requests()));
    assertThat(executed.ledger().idle()).isZero();
    assertThat(executed.tokensPerSecond()).isPositive();
    return counts;
  }

  private static double missedBytes(Planned planned) {
    double bytes = 0;
    for (int g = 0; g < planned.work().demand().groups().size(); g++) {
      UnitGroup group = planned.work().demand().groups().get(g);
      long missed =
          planned.work().demand().total(Count.SELECTED, g)
              - planned.work().demand().total(Count.HITS, g);
      bytes += missed * group.bytesPerUnit(planned.work().bytes().bits());
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "dense,lfu,70%,BUNDLED,PIPELINE",
    "dip:density=0.5,lru,70%,COLUMN_MAJOR,NONE",
    "dip-ca:density=0.5,lfu,60%,BUNDLED,PIPELINE",
    "glu-oracle:keep=0.4,lfu,60%,COLUMN_MAJOR,IO"
  })
  void products_areThoseOfTheSelectedUnits_asTheFileHasThem(
      String policy, String cache, String dram, LayoutKind layout, Overlap overlap) {
    PointConfig.Builder config = ExecutedBookworm.config(policy, cache, dram).setLayout(layout);
    config.getHardwareBuilder().setOverlap(overlap);
    Planned planned = bookworm.plan(config);
    NaiveProducts naive = new NaiveProducts(planned, folder.resolve("w.bin"));
    int[] compared = new int[1];
    run(planned.execution(request(2, 2)), comparing(planned, naive, compared));
    assertThat(compared[0]).isGreaterThanOrEqualTo(12);
  }

  /** Compares the products of some tokens and layers, and counts them. */
  private static RunListener comparing(Planned planned, NaiveProducts naive, int[] compared) {
    Map<String, AccessLog.Entry> entries = new HashMap<>();
    planned
        .log()
        .entries()
        .forEach(e -> entries.put(e.token() + "/" + e.layer() + "/" + e.group(), e));
    return (row, layer, group, products) -> {
      if (row % 5 == 4 && layer % 2 == 1) {
        AccessLog.Entry entry =
            Objects.requireNonNull(entries.get(row + "/" + layer + "/" + group));
        naive.compare(layer, group, entry.wanted(), products);
        compared[0]++;
      }
    };
  }

  @Test
  void pointsOfOtherLayoutsAndMemories_areExecutedOnOneFile() {
    List<Planned> points =
        List.of(
            bookworm.plan(ExecutedBookworm.config("dip:density=0.5", "lru", "70%")),
            bookworm.plan(
                ExecutedBookworm.config("dense", "lfu", "30%").setLayout(LayoutKind.BUNDLED)));
    Path path = folder.resolve("w.bin");
    try (WeightFile file =
        WeightFile.write(path, points.stream().map(Planned::work).toList(), Progress.SILENT)) {
      for (Planned planned : points) {
        int[] compared = new int[1];
        RunListener outputs =
            comparing(planned, new NaiveProducts(planned, path, points), compared);
        Executed executed =
            planned
                .execution(request(2, 2))
                .run(file, EngineListener.NONE, outputs, Progress.SILENT);
        assertThat(executed.counts()).isEqualTo(planned.exact());
        assertThat(compared[0]).isGreaterThanOrEqualTo(12);
      }
    } catch (UserException e) {
      assumeTrue(!String.valueOf(e.getMessage()).contains("no direct reads"), "no direct reads");
      throw e;
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keptFile_staysWhereItIs_andIsTakenOver() throws IOException {
    Path file = folder.resolve("w.bin");
    Planned planned = bookworm.plan(ExecutedBookworm.config("dense", "none", "110%"));
    run(planned.execution(new ExecutionRequest(file, true, 1, 1, WarmUp.of(0))), RunListener.NONE);
    assertThat(Files.size(file)).isPositive().isEqualTo(Files.size(file) / PAGE * PAGE);
    run(planned.execution(new ExecutionRequest(file, false, 1, 1, WarmUp.of(0))), RunListener.NONE);
    assertThat(folder).isEmptyDirectory();
  }
}
