package io.dipper.hwsim.study.sweep;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The points of a sweep: which there are, and what is said of those that there are not. */
final class SweepTest extends SmallGrid {
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
      assertThat(List.of(x.counts().hits(), h.counts().hits()))
          .containsExactly(point.demand().hits().hitsX(), point.demand().hits().hitsH());
      assertThat(List.of(x.counts().selected(), h.counts().selected()))
          .containsExactly(point.demand().hits().selectedX(), point.demand().hits().selectedH());
      assertThat(x.counts().hitRate()).isEqualTo(point.demand().hits().hitRateX());
      assertThat(h.counts().retainedEnergy()).isEqualTo(point.demand().energy().retainedEnergyH());
      assertThat(
              requireNonNull(x.counts().read()) * x.sizes().unitBytes()
                  + requireNonNull(h.counts().read()) * h.sizes().unitBytes())
          .isCloseTo(
              point.demand().traffic().flashBytesPerToken() * point.demand().tokens(),
              within(1e-3));
    }
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
