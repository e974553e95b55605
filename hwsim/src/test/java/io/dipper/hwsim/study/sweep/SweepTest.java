package io.dipper.hwsim.study.sweep;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.files.FolderLock;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.LivePerplexity;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.study.result.VerifiedRow.Rates;
import io.dipper.hwsim.study.result.VerifiedRow.Similarity;
import io.dipper.hwsim.study.result.VerifiedRow.Speeds;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final List<String> FILES =
      List.of(
          "points.parquet",
          "points.csv",
          "groups.parquet",
          "groups.csv",
          "points.config.jsonl",
          "skipped.csv",
          "sweep.resolved.yaml",
          "sensitivity.csv");

  /** Two devices, three memories of which one is too small, two caches, three policies. */
  private static final String GRID =
      """
      accounting: des
      hardware: [paper, apple-a18]
      dram: [20%, 70%, 90%]
      cache: [lfu, belady]
      policy:
        - dense
        - dip: {density: 0.4}
        - dip-ca: {density: 0.5}
      """;

  @TempDir Path folder;
  private Sweep sweep;

  @BeforeEach
  void writeGrid() throws IOException {
    sweep = Sweep.read(Files.writeString(folder.resolve("s.yaml"), GRID)).withTrace(TRACE);
  }

  private Path run(String name, int threads) {
    Path out = folder.resolve(name);
    sweep.run(out, ExistingResults.REFUSE, threads, Progress.SILENT);
    return out;
  }

  private static void assertSameFiles(Path actual, Path expected) {
    for (String name : FILES) {
      assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
    assertThat(actual.resolve("points.partial")).doesNotExist();
  }

  @Test
  void points_areThoseOfTheGridInItsOrder() {
    SweepSummary summary =
        sweep.run(folder.resolve("out"), ExistingResults.REFUSE, 2, Progress.SILENT);
    List<PointRow> rows = summary.results().points();
    // dense and dip on two caches, dip-ca on lfu alone: it cannot run under belady
    assertThat(rows).hasSize(2 * 2 * (2 * 2 + 1)).isEqualTo(summary.points());
    assertThat(rows).extracting(PointRow::pointId).doesNotHaveDuplicates();
    assertThat(rows.get(0).hardware()).isEqualTo("paper");
    assertThat(rows.get(0).policy()).isEqualTo("dense");
    assertThat(summary.results().configs())
        .hasSize(rows.size())
        .allSatisfy((id, config) -> assertThat(ConfigDigest.of(config).pointId()).isEqualTo(id));
  }

  @Test
  void theSensitivities_areThoseOfTheFastestPointOfEachDevice_andOfDenseBesideIt() {
    ResultDirectory results = new ResultDirectory(run("out", 2));
    List<String> chosen =
        results.sensitivities().stream().map(SensitivityRow::pointId).distinct().toList();
    List<String> expected = new ArrayList<>();
    for (String device : results.points().stream().map(PointRow::hardware).distinct().toList()) {
      List<PointRow> rows =
          results.points().stream().filter(row -> row.hardware().equals(device)).toList();
      PointRow fastest =
          rows.stream()
              .filter(row -> !row.policy().equals("dense"))
              .max(Comparator.comparingDouble(row -> row.time().tokensPerSecond()))
              .orElseThrow();
      rows.stream()
          .filter(row -> row.policy().equals("dense") && row.cache().equals(fastest.cache()))
          .filter(row -> row.memory().dramBytes() == fastest.memory().dramBytes())
          .forEach(row -> expected.add(row.pointId()));
      expected.add(fastest.pointId());
    }
    assertThat(chosen).hasSize(4).containsExactlyElementsOf(expected);
  }

  @Test
  void pointsThatCannotExist_areListedWithTheReason() {
    List<SkippedRow> skipped = new ResultDirectory(run("out", 2)).skipped();
    assertThat(skipped).hasSize(2 * (2 * 3) + 2 * 2);
    assertThat(skipped)
        .filteredOn(s -> s.capacity().equals("20% of weights and KV cache at 128 tokens"))
        .hasSize(12)
        .allSatisfy(s -> assertThat(s.reason()).contains("do not fit"));
    assertThat(skipped)
        .filteredOn(s -> !s.capacity().equals("20% of weights and KV cache at 128 tokens"))
        .allSatisfy(s -> assertThat(s.reason()).contains("belady"));
  }

  @Test
  void files_areTheSameForAnyNumberOfThreads() {
    assertSameFiles(run("three", 3), run("one", 1));
  }

  @Test
  void files_areTheSameForAnyNumberOfThreads_withEveryWayOfFetching() throws IOException {
    Files.writeString(
        folder.resolve("phone.yaml"),
        """
        description: A phone that gets hot
        extends: snapdragon-8-gen-3
        flash:
          throttle_after: {value: 20 ms, from: assumed}
          throttled_bandwidth: {value: 0.4 GB/s, from: assumed}
          page_cache: {page_size: 4 KiB, read_ahead: 16 KiB, fault: 2 us, fault_threads: 2}
        """);
    sweep =
        Sweep.read(
                Files.writeString(
                    folder.resolve("ways.yaml"),
                    """
                    accounting: des
                    hardware: [phone.yaml, oneplus-15r]
                    dram: [75%]
                    cache: [lfu, page-cache]
                    layout: [column-major, bundled, row-major]
                    unit_order: [natural, co-activation]
                    max_gap: [0, 4 KiB]
                    min_request: [0, 8 KiB]
                    cache_start: [carried, prefilled]
                    speculation: [none, previous-layer]
                    policy: [dense, 'dip-ca:density=0.5']
                    """))
            .withTrace(TRACE);
    Path three = run("three", 3);
    assertSameFiles(three, run("one", 1));
    List<PointRow> rows = new ResultDirectory(three).points();
    assertThat(rows).extracting(PointRow::cache).contains("lfu", "page-cache");
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.LAYOUT)).contains("bundled", "row-major");
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.UNIT_ORDER)).contains("co-activation");
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.SPECULATION)).contains("previous-layer");
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.CACHE_START)).contains("carried", "prefilled");
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.MAX_GAP)).contains(4096.0);
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.MIN_REQUEST)).contains(8192.0);
  }

  @Test
  void resolvedSweep_givesTheSamePointsAndItself() {
    Path first = run("first", 2);
    Path second = folder.resolve("second");
    Sweep.read(first.resolve("sweep.resolved.yaml"))
        .run(second, ExistingResults.REFUSE, 2, Progress.SILENT);
    assertSameFiles(second, first);
  }

  @Test
  void interruptedSweep_resumesToTheSameBytes() throws IOException {
    Path whole = run("whole", 2);
    Path cut = folder.resolve("cut");
    Progress cable = cutAfter(3);
    assertThatThrownBy(() -> sweep.run(cut, ExistingResults.REFUSE, 1, cable))
        .hasMessage("the plug is pulled");
    Files.createDirectories(cut);
    // a kill leaves whole lines and, at worst, one that is cut off
    String lines = lines(whole, 5) + lines(whole, 6).split("\n")[5].substring(0, 100);
    Files.writeString(cut.resolve("points.partial"), lines);
    SweepSummary summary = sweep.run(cut, ExistingResults.RESUME, 2, Progress.SILENT);
    assertThat(summary.reused()).isEqualTo(5);
    assertSameFiles(cut, whole);
  }

  /** The first rows of a finished sweep, as an unfinished one keeps them. */
  private String lines(Path finished, int count) throws IOException {
    Path file = folder.resolve("lines");
    FinishedPoints.begin(file, results(finished).subList(0, count)).close();
    return Files.readString(file);
  }

  private static List<PointResult> results(Path finished) {
    ResultDirectory directory = new ResultDirectory(finished);
    return directory.points().stream()
        .map(
            point ->
                new PointResult(
                    point,
                    directory.groups().stream()
                        .filter(group -> group.pointId().equals(point.pointId()))
                        .toList()))
        .toList();
  }

  @Test
  void aMaskOfAPoint_isARow_thatAgreesWithThePoint() {
    for (PointResult result : results(run("g", 2))) {
      PointRow point = result.point();
      assertThat(result.groups()).extracting(row -> row.mask().space()).containsExactly("x", "h");
      GroupRow x = result.groups().get(0);
      GroupRow h = result.groups().get(1);
      assertThat(x.mask().signals() + " " + x.mask().covers()).isEqualTo("x up+gate");
      assertThat(h.mask().signals() + " " + h.mask().covers()).isEqualTo("glu down");
      assertThat(List.of(x.sizes().cacheUnits(), h.sizes().cacheUnits()))
          .containsExactly(point.memory().cacheColumnsX(), point.memory().cacheColumnsH());
      assertThat(List.of(x.counts().hits(), h.counts().hits())).containsExactly(point.demand().hits().hitsX(), point.demand().hits().hitsH());
      assertThat(List.of(x.counts().selected(), h.counts().selected()))
          .containsExactly(point.demand().hits().selectedX(), point.demand().hits().selectedH());
      assertThat(x.counts().hitRate()).isEqualTo(point.demand().hits().hitRateX());
      assertThat(h.counts().retainedEnergy()).isEqualTo(point.demand().energy().retainedEnergyH());
      assertThat(
              requireNonNull(x.counts().read()) * x.sizes().unitBytes() + requireNonNull(h.counts().read()) * h.sizes().unitBytes())
          .isCloseTo(point.demand().traffic().flashBytesPerToken() * point.demand().tokens(), within(1e-3));
    }
  }

  @Test
  void aPointWithoutItsMasks_isSimulatedAgain() throws IOException {
    Path whole = run("whole", 2);
    Path old = run("old", 2);
    Files.delete(old.resolve("groups.parquet"));
    Files.delete(old.resolve("groups.csv"));
    SweepSummary summary = sweep.run(old, ExistingResults.RESUME, 2, Progress.SILENT);
    assertThat(summary.reused()).isZero();
    assertSameFiles(old, whole);
  }

  private static Progress cutAfter(int steps) {
    AtomicInteger left = new AtomicInteger(steps);
    return new Progress() {
      @Override
      public void start(String task, String unit, long total) {}

      @Override
      public void advance(long done) {
        if (left.decrementAndGet() == 0) {
          throw new IllegalStateException("the plug is pulled");
        }
      }
    };
  }

  @Test
  void resume_ofAFinishedSweepRunsNothing() {
    Path out = run("out", 2);
    SweepSummary again = sweep.run(out, ExistingResults.RESUME, 2, Progress.SILENT);
    assertThat(again.reused()).isEqualTo(again.points().size());
  }

  @Test
  void existingResults_areNotOverwrittenUnasked() {
    Path out = run("out", 2);
    assertThatThrownBy(() -> sweep.run(out, ExistingResults.REFUSE, 2, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessage(
            out + ": holds results already; --resume goes on with them, or name another directory");
  }

  @Test
  void replace_forgetsWhatWasVerified() {
    Path out = run("out", 2);
    ResultDirectory results = new ResultDirectory(out);
    PointRow row = results.points().get(0);
    results.addVerified(
        List.of(
            new VerifiedRow(
                VerifiedRow.Name.of(row),
                new LivePerplexity(99, 98.0, "disjoint-128", 10),
                new Rates(null, null, null, null),
                new Similarity(null, null),
                new Speeds(null, null))));
    assertThat(results.points().get(0).quality().perplexity()).isEqualTo(99);
    sweep.run(out, ExistingResults.REPLACE, 2, Progress.SILENT);
    assertThat(results.verified()).isEmpty();
    assertThat(results.points()).contains(row);
  }

  @Test
  void secondSweepIntoTheSameDirectory_isRefused() {
    Path out = folder.resolve("out");
    try (FolderLock lock = FolderLock.of(out)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> sweep.run(out, ExistingResults.RESUME, 1, Progress.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(out + ": another run is writing here");
    }
    assertThat(sweep.run(out, ExistingResults.RESUME, 2, Progress.SILENT).reused()).isZero();
  }

  @Test
  void gridWithoutAPossiblePoint_saysWhy() throws IOException {
    Path file =
        Files.writeString(folder.resolve("small.yaml"), GRID.replace("[20%, 70%, 90%]", "10%"));
    assertThatThrownBy(
            () ->
                Sweep.read(file)
                    .withTrace(TRACE)
                    .run(folder.resolve("out"), ExistingResults.REFUSE, 1, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none of the 12 points can exist")
        .hasMessageContaining("do not fit");
  }

  @Test
  void sweepWithoutATrace_saysHowToNameOne() {
    Sweep bare = Sweep.read(folder.resolve("s.yaml"));
    assertThatThrownBy(
            () -> bare.run(folder.resolve("o"), ExistingResults.REFUSE, 1, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names no trace")
        .hasMessageContaining("--trace");
  }
}
