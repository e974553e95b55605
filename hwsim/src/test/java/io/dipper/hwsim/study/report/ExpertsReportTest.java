package io.dipper.hwsim.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.ExpertUseRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.Row;
import io.dipper.testing.OnOneJdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page over points of a model with experts: two caches of three sizes. */
@OnOneJdk
class ExpertsReportTest {
  private static final List<String> CACHES = List.of("lru", "lru:scope=global");

  @TempDir Path folder;

  private static PointRow row(int size, String cache) {
    return new Row()
        .with("point_id", "p" + size + cache.length())
        .with("model", "mixture")
        .with("trace", "t.arrow")
        .with("hardware", "phone")
        .with("accounting", "des")
        .with("policy", "router")
        .with("policy_params", "{}")
        .with("cache", cache)
        .with("capacity", size + " MiB of experts")
        .with("density", 0.25)
        .with("hit_rate", 0.2 * size)
        .with("flash_bytes_per_token", 1e6)
        .with("tokens", 10L)
        .with("tokens_per_second", 5.0 * size)
        .with("lookups", 80L)
        .with("hits", 16L * size)
        .with("one_token_cycle_bytes", 1.5 * (1 << 20))
        .with("expert_cache_bytes", (double) (size << 20))
        .make();
  }

  private ResultDirectory results() {
    ResultDirectory results = new ResultDirectory(folder);
    List<PointRow> rows = new ArrayList<>();
    for (int size = 1; size <= 3; size++) {
      for (String cache : CACHES) {
        rows.add(row(size, cache));
      }
    }
    results.writePoints(rows);
    List<ExpertUseRow> uses = new ArrayList<>();
    for (int layer = 0; layer < 3; layer++) {
      for (int expert = 0; expert < 8; expert++) {
        uses.add(new ExpertUseRow(layer, expert, 40, 5L * expert));
      }
    }
    results.writeExpertUses(uses);
    return results;
  }

  @Test
  void experts_areDrawnOverTheSizeOfTheirCache_withOneTokensCycle_andByLayer() throws Exception {
    Browser.Page page = Browser.orSkip().open(HtmlReport.write(results()), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    String section = section(page.dom());
    assertThat(section).doesNotContain("NaN").contains("cache lru:scope=global</text>");
    assertThat(count(section, ">one token’s cycle</text>")).isEqualTo(2);
    assertThat(marks(section, "point")).isEqualTo(2 * 3 * CACHES.size());
    assertThat(marks(section, "line mark")).isEqualTo(2 * CACHES.size());
    assertThat(section).contains("over the 40 tokens of the trace");
    String cells = section.substring(section.indexOf("id=\"expert-use\""));
    assertThat(marks(cells, "rect mark")).isEqualTo(3 * 8);
    assertThat(page.dom())
        .contains("router is the fastest with 3 MiB of experts")
        .containsPattern("id=\"hits-section\" hidden");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1400})
  void expertsFitTheWindow(int width) throws Exception {
    PageWidth page = PageWidth.of(Browser.orSkip(), HtmlReport.write(results()), width, folder);
    assertThat(page.content()).as(page.beyond()).isEqualTo(page.window());
  }

  private static String section(String dom) {
    int from = dom.indexOf("id=\"experts-section\"");
    return dom.substring(from, dom.indexOf("</section>", from));
  }

  private static int marks(String text, String role) {
    return count(text, "aria-roledescription=\"" + role + "\"");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
