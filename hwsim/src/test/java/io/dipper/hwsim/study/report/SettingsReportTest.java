package io.dipper.hwsim.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.Row;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Capacity;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import io.dipper.testing.OnOneJdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page over points that differ in their layout and their gap, beside policy and density. */
@OnOneJdk
class SettingsReportTest {
  private static final List<LayoutKind> LAYOUTS =
      List.of(LayoutKind.COLUMN_MAJOR, LayoutKind.BUNDLED);
  private static final double[] GAPS = {0, 32768};

  @TempDir Path folder;
  private final List<PointRow> rows = new ArrayList<>();
  private final List<PointConfig> configs = new ArrayList<>();
  private ResultDirectory results = new ResultDirectory(Path.of(""));

  @BeforeEach
  void writePoints() {
    double speed = 10;
    for (LayoutKind layout : LAYOUTS) {
      for (double gap : GAPS) {
        for (String cache : List.of("lru", "lfu")) {
          add("dense", "{}", 1, 20, layout, gap, cache);
          for (int step = 1; step <= 3; step++) {
            double density = 0.2 * step + 0.1;
            String kept = String.format(Locale.ROOT, "{\"density\":%.1f}", density);
            add("dip", kept, density, ++speed, layout, gap, cache);
            // A policy of somebody else's, whose amount has a name that nobody here knows.
            add("shy", "{\"limit\":" + step + "}", density, ++speed, layout, gap, cache);
          }
        }
      }
    }
    results = new ResultDirectory(folder);
    results.writePoints(rows);
    results.writeConfigs(configs);
    SkippedRow skipped =
        new SkippedRow(
            new PointName("x", "phone", "des", "dip", "{}", "lfu"), "9%", "it does not fit: 3 MB");
    results.writeSkipped(Collections.nCopies(114, skipped));
  }

  private void add(
      String policy,
      String parameters,
      double density,
      double speed,
      LayoutKind layout,
      double gap,
      String cache) {
    PointConfig config =
        PointConfig.newBuilder()
            .setPolicy(PolicySpec.newBuilder().setName(policy + parameters))
            .setCache(CacheSpec.newBuilder().setPolicy(cache))
            .setCapacity(Capacity.newBuilder().setDramFraction(0.5))
            .setLayout(layout)
            .setMaxGap(gap)
            .build();
    configs.add(config);
    rows.add(
        new Row()
            .with("point_id", ConfigDigest.of(config).pointId())
            .with("model", "sample")
            .with("trace", "t.arrow")
            .with("hardware", "phone")
            .with("accounting", "des")
            .with("policy", policy)
            .with("policy_params", parameters)
            .with("cache", cache)
            .with("capacity", "50% of the model")
            .with("density", density)
            .with("hit_rate", 0.3)
            .with("flash_bytes_per_token", 1e6)
            .with("tokens", 10L)
            .with("tokens_per_second", speed)
            .with("retained_energy_h", policy.equals("dense") ? null : density)
            .with("perplexity_dense", 10.0)
            .make());
  }

  private String page() throws Exception {
    Browser.Page page = Browser.orSkip().open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    return page.dom();
  }

  private static String part(String dom, String id, String end) {
    int from = dom.indexOf("id=\"" + id + "\"");
    return dom.substring(from, dom.indexOf(end, from));
  }

  private static List<String> labels(String part, String role) {
    return Pattern.compile(
            "aria-label=\"([^\"]*)\"[^>]*aria-roledescription=\"" + Pattern.quote(role) + "\"")
        .matcher(part)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void aLine_isOneFullSetting_andTheLegendTellsThemApart() throws Exception {
    String chart = part(page(), "throughput-density", "</section>");
    // A panel for each of two caches; dense, dip and shy, in two layouts with two gaps each.
    List<String> lines = labels(chart, "line mark");
    assertThat(lines).hasSize(2 * 3 * 4);
    for (String setting :
        List.of(
            "column-major, max gap 0",
            "column-major, max gap 32 KiB",
            "bundled, max gap 0",
            "bundled, max gap 32 KiB")) {
      assertThat(lines.stream().filter(line -> line.endsWith("setting: " + setting)))
          .as(setting)
          .hasSize(2 * 3);
      assertThat(chart).contains(">" + setting + "</text>");
    }
    assertThat(labels(chart, "point")).hasSize(2 * 7 * 4);
    assertThat(labels(chart, "point").stream().filter(label -> !label.contains("dense")))
        .doesNotHaveDuplicates();
  }

  @Test
  void aPolicyWhoseAmountHasAnotherName_drawsACurve() throws Exception {
    String dom = page();
    assertThat(part(dom, "chips", "</div>"))
        .contains("data-series=\"shy\"")
        .doesNotContain("limit");
    assertThat(
            labels(part(dom, "throughput-density", "</section>"), "line mark").stream()
                .filter(line -> line.contains("series: shy;")))
        .hasSize(2 * 4);
  }

  @Test
  void everySweptAxis_isAFilterAndAColumn() throws Exception {
    String dom = page();
    assertThat(part(dom, "axis-layout", "</select>")).contains("each a line", "bundled");
    assertThat(part(dom, "axis-max-gap", "</select>")).contains("32 KiB");
    assertThat(dom).doesNotContain("id=\"axis-speculation\"");
    assertThat(part(dom, "points", "</table>"))
        .contains("data-label=\"layout\"", "data-label=\"max gap\"");
  }

  @Test
  void slowMasks_leaveDenseTheBest_andFasterOnesOfUnknownQualityAreGrey() throws Exception {
    String best = part(page(), "best", "</table>");
    assertThat(best.indexOf("class=\"proven\"")).isPositive().isLessThan(best.indexOf("promising"));
    assertThat(best).containsOnlyOnce("class=\"proven\"").doesNotContain("class=\"gain\"");
    assertThat(best)
        .containsPattern("(?s)class=\"proven\".*>dense<.*class=\"promising\".*>unknown<");
  }

  @Test
  void skippedPoints_areOneLineWithTheirCount() throws Exception {
    String skipped = part(page(), "skipped", "</section>");
    assertThat(skipped).contains("114 points cannot exist").containsOnlyOnce("it does not fit");
  }

  @Test
  void pointsThatACacheCannotChange_areListedOnce() throws Exception {
    String dom = page();
    // Only dense is the same with both caches.
    assertThat(part(dom, "equal-caches", "</p>")).contains("4 points are those of another cache");
    assertThat(part(dom, "count", "</span>")).contains("52 of 52 points");
  }
}
