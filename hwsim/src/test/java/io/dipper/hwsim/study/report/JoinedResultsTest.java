package io.dipper.hwsim.study.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.JoinedResults;
import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.TaskRow;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several result folders as one, and the page of them. */
class JoinedResultsTest {
  @TempDir Path folder;

  @Test
  void joined_isEveryRowOfEachFolder_andPointsCompareWithinTheirTrace() throws Exception {
    ResultDirectory masks = write("a", "m", "masks.arrow", true);
    ResultDirectory bits = write("b", "m-4", "bits.arrow", false);
    ResultDirectory joined = new ResultDirectory(folder.resolve("both"));
    JoinedResults.write(List.of(masks, bits), joined);

    assertThat(joined.points()).startsWith(masks.points().toArray(PointRow[]::new));
    assertThat(joined.points()).endsWith(bits.points().toArray(PointRow[]::new));
    assertThat(joined.verified()).isEqualTo(masks.verified());
    assertThat(joined.configs()).containsAllEntriesOf(masks.configs());
    assertThat(joined.configs()).containsAllEntriesOf(bits.configs());
    SweptPoints points = SweptPoints.of(joined);
    assertThat(points.varying()).contains("trace");
    for (PointRow row : points.rows()) {
      assertThat(points.dense(row).orElseThrow().identity().trace())
          .isEqualTo(row.identity().trace());
    }
  }

  @Test
  void aPointInSeveralFolders_isThatOfTheFirst() throws Exception {
    ResultDirectory verified = write("a", "m", "t.arrow", true);
    ResultDirectory others = write("b", "m", "t.arrow", false);
    ResultDirectory joined = new ResultDirectory(folder.resolve("both"));
    JoinedResults.write(List.of(verified, others), joined);
    assertThat(joined.points()).isEqualTo(verified.points());
    assertThat(SweptPoints.of(joined).varying()).doesNotContain("trace");
  }

  @Test
  void aFolderWithPoints_isNotWrittenOver() throws Exception {
    ResultDirectory one = write("a", "m", "t.arrow", true);
    ResultDirectory two = write("b", "m", "u.arrow", true);
    List<PointRow> before = two.points();
    assertThatThrownBy(() -> JoinedResults.write(List.of(one, two), two))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds points already");
    assertThat(two.points()).isEqualTo(before);
    assertThatThrownBy(() -> JoinedResults.write(List.of(one, new ResultDirectory(folder)), two))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no points");
  }

  @Test
  void browser_showsWhatPointsAnswered() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "m", "t.arrow", true);
    PointRow masked =
        results.points().stream().filter(PointRow::isMasked).findFirst().orElseThrow();
    results.addTasks(
        List.of(
            new TaskRow(
                PointName.of(masked),
                new TaskRow.Asked("arc.jsonl", "ab".repeat(32), "dense", 200),
                new TaskRow.Raw(0.415, 0.035, 0.45, -0.035, 0.02, 3, 10),
                new TaskRow.ByLength(0.5, 0.035, 0.48, 0.02, 0.015, 8, 4))));
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-errors=\"\"");
    assertThat(page.dom().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("200 items of arc.jsonl, prompts dense")
        .contains("41.5 ± 3.5 −3.5 ± 2.0 3, 10 50.0 ± 3.5 +2.0 ± 1.5 8, 4")
        .contains("(the model) 45.0");
  }

  private ResultDirectory write(String name, String model, String trace, boolean verify)
      throws IOException {
    return SampleResults.write(Files.createDirectory(folder.resolve(name)), model, trace, verify);
  }
}
