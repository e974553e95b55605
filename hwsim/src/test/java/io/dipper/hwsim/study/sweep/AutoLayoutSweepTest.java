package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps in which the layout is left open. */
class AutoLayoutSweepTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final String GRID =
      """
      hardware: [paper, emmc-5-1]
      dram: [80%, 1 MB]
      policy: [dense, 'dip:density=0.5', 'gate:keep=0.4']
      """;

  @TempDir private Path folder;

  private SweepSummary run(String name, String grid) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), grid);
    return Sweep.read(file)
        .withTrace(TRACE)
        .run(folder.resolve(name), ExistingResults.RESUME, 2, Progress.SILENT);
  }

  @Test
  void anOpenLayout_leavesTheFastestRowOfTheSweepOfAllOfThem() throws IOException {
    SweepSummary auto = run("auto", GRID + "layout: auto\n");
    SweepSummary all =
        run(
            "all",
            GRID
                + "layout: [column-major, bundled]\nunit_order: [natural, co-activation]\n"
                + "max_gap: [0, 4 KiB, 16 KiB, 64 KiB]\n");
    Map<String, PointRow> best = new LinkedHashMap<>();
    for (PointRow row : all.points()) {
      if (row.isMasked()) {
        best.merge(
            row.hardware() + row.policy(),
            row,
            (a, b) -> b.time().tokensPerSecond() > a.time().tokensPerSecond() ? b : a);
      }
    }
    List<PointRow> masked = auto.points().stream().filter(PointRow::isMasked).toList();
    assertThat(masked).hasSize(4);
    assertThat(masked)
        .extracting(row -> row.time().tokensPerSecond())
        .containsExactlyElementsOf(
            best.values().stream().map(row -> row.time().tokensPerSecond()).toList());
    // Each is a row of the other sweep, and says in its columns how it is read.
    assertThat(all.points()).containsAll(masked);
    assertThat(masked)
        .allSatisfy(
            row ->
                assertThat(row.setup().value(PointSettings.LAYOUT))
                    .isIn("column-major", "bundled"));
    assertThat(auto.results().configs().keySet())
        .containsExactlyInAnyOrderElementsOf(
            auto.points().stream().map(PointRow::pointId).toList());
    // A memory that is too small is told once, not once for every way.
    assertThat(auto.skipped()).hasSize(6);
  }

  @Test
  void aFinishedSweep_isTheSameWhenItIsResumed_andWhenItsResolvedFileIsRun() throws IOException {
    SweepSummary first = run("auto", GRID + "layout: auto\n");
    List<PointRow> rows = new ArrayList<>(first.points());
    assertThat(run("auto", GRID + "layout: auto\n").points()).isEqualTo(rows);
    assertThat(Files.readString(first.results().resolvedSweep())).contains("layout: [auto]");
    assertThat(
            Sweep.read(first.results().resolvedSweep())
                .run(folder.resolve("again"), ExistingResults.REFUSE, 1, Progress.SILENT)
                .points())
        .isEqualTo(rows);
  }
}
