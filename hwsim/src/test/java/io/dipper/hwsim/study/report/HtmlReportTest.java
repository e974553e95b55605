package io.dipper.hwsim.study.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.testing.OnOneJdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnOneJdk
final class HtmlReportTest {
  private static final List<String> CHARTS =
      List.of("throughput-density", "quality", "throughput-dram", "hit-rate", "ledger", "gap");

  @TempDir Path folder;

  @Test
  void browser_drawsEveryChartOffline() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", true);
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    for (String chart : CHARTS) {
      assertThat(marks(section(page.dom(), chart))).as(chart).isGreaterThan(4);
      assertThat(section(page.dom(), chart)).as(chart).doesNotContain("NaN");
    }
    assertThat(marks(section(page.dom(), "tornado"))).isGreaterThanOrEqualTo(4);
    assertThat(section(page.dom(), "tornado"))
        .contains(
            "flash.max_bandwidth (4 GB/s)", "assumed", "the number: lower", "the number: higher")
        .doesNotContain("NaN");
    assertThat(rowsOf(page.dom(), "id=\"points\"")).isEqualTo(200);
    assertThat(rowsOf(page.dom(), "id=\"best\"")).isBetween(3L, 6L);
    assertThat(countOf(section(page.dom(), "verdicts"), "<li")).isEqualTo(3);
    assertThat(visible(page.dom()))
        .contains("whose live perplexity is at most")
        .doesNotContain("synthetic trace");
  }

  @Test
  void browser_drawsBands_andSaysHowSureAVerdictIs() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", true);
    String without = browser.open(HtmlReport.write(results), folder).dom();
    SampleBands.add(results);
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    for (String chart : List.of("throughput-density", "throughput-dram")) {
      assertThat(countOf(section(page.dom(), chart), "mark-rule"))
          .as(chart)
          .isGreaterThan(countOf(section(without, chart), "mark-rule"));
    }
    assertThat(without).doesNotContain("not decided");
    assertThat(visible(page.dom()))
        .contains(
            "over the ranges of 2 numbers of the device: 0 faster, 0 slower, 0 as fast, 1 not"
                + " decided",
            "not decided, 0.80 to 1.30: decided by flash.latency, which is assumed, 70 us to 100"
                + " us; break-even at 85 us, faster below it: measure flash.latency");
  }

  @Test
  void browser_drawsExecutedPointsBesideTheirSimulation_andHidesThemWhereThereAreNone()
      throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", true);
    assertThat(browser.open(HtmlReport.write(results), folder).dom())
        .containsPattern("id=\"compared-section\" hidden");
    SampleExecutions.add(results, 24);
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    String compared = section(page.dom(), "compared-section");
    assertThat(marks(compared)).isGreaterThanOrEqualTo(24);
    assertThat(compared)
        .contains("tokens/s, simulated", "tokens/s, executed", "1 of 25 points were not executed")
        .doesNotContain("NaN");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 400, 500, 700, 1400})
  void aPage_isNoWiderThanItsWindow_whateverNamesItShows(int width) throws Exception {
    Browser browser = Browser.orSkip();
    String name = "a-model-with-a-name-without-end".repeat(9);
    ResultDirectory results = SampleResults.write(folder, name, name + ".arrow", true);
    SampleResults.predict(results);
    PageWidth page = PageWidth.of(browser, HtmlReport.write(results), width, folder);
    assertThat(page.window()).isBetween(width - 20, width);
    assertThat(page.content()).as(page.beyond()).isEqualTo(page.window());
  }

  @Test
  void browser_showsHostileTextAsText() throws Exception {
    Browser browser = Browser.orSkip();
    String trace = SampleResults.HOSTILE + " (synthetic)";
    ResultDirectory results = SampleResults.write(folder, SampleResults.HOSTILE, trace, false);
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    assertThat(visible(page.dom()))
        .contains("&lt;img src=x")
        .doesNotContain("<img")
        .contains("come from a synthetic trace");
    assertThat(marks(section(page.dom(), "throughput-density"))).isGreaterThan(4);
  }

  @Test
  void browser_leavesTheTornadoOut_whereNothingIsKnownOfIt() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", false);
    Files.delete(folder.resolve("sensitivity.csv"));
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    assertThat(page.dom()).containsPattern("id=\"tornado-section\" hidden");
  }

  @Test
  void browser_tellsPredictedFromMeasured_andHowWellPredictionsHeld() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", true);
    SampleResults.predict(results);
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    String predicted = section(page.dom(), "predicted-section");
    assertThat(marks(predicted)).isGreaterThan(20);
    assertThat(predicted).contains("+0.1", "+0.2", "+0.5").doesNotContain("NaN");
    assertThat(countOf(predicted, "class=\"card\"")).isEqualTo(3);
    String trust = section(page.dom(), "trust-section");
    assertThat(marks(trust)).isEqualTo(3);
    assertThat(trust)
        .contains("Tested on 2 live runs", "τ between predicted and measured increases is 1.00")
        .contains("The median miss is 10 % of the increase", "100 % of the runs lie")
        .contains("ln(perplexity / dense) = z", "dip density 0.3", "dip-ca γ 0.2 density 0.3, lfu")
        .doesNotContain("NaN")
        .doesNotContain("too narrow");
  }

  @Test
  void browser_saysNothingOfPredictions_whereNoneWasMade() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", true);
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.dom())
        .containsPattern("id=\"predicted-section\" hidden")
        .containsPattern("id=\"trust-section\" hidden");
    assertThat(visible(page.dom())).doesNotContain(">predicted (90 %)<");
  }

  @Test
  void brokenQualityModel_isOneLine() throws IOException {
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", false);
    Files.writeString(results.quality(), "{\"model\": ");
    assertThatThrownBy(() -> HtmlReport.write(results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("quality.json")
        .hasMessageContaining("is no quality model");
  }

  @Test
  void browser_drawsASinglePoint() throws Exception {
    Browser browser = Browser.orSkip();
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", false);
    results.writePoints(results.points().subList(0, 1));
    Browser.Page page = browser.open(HtmlReport.write(results), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.dom()).contains("data-ready=\"true\"").contains("data-errors=\"\"");
    assertThat(marks(section(page.dom(), "throughput-density"))).isEqualTo(1);
    assertThat(rowsOf(page.dom(), "id=\"points\"")).isEqualTo(1);
  }

  @Test
  void file_holdsEverythingItNeeds() throws IOException {
    ResultDirectory results = SampleResults.write(folder, "sample-1b", "t.arrow", true);
    String html = Files.readString(HtmlReport.write(results));
    assertThat(resource("page/report.html")).doesNotContain("src=").doesNotContain("href=");
    assertThat(html).contains("default-src 'none'").doesNotContain("{{");
    String first = html;
    assertThat(Files.readString(HtmlReport.write(results))).isEqualTo(first);
  }

  @Test
  void libraries_areTheOnesTheirListNames() throws Exception {
    String list = resource("vendor/README.md");
    for (String name : List.of("vega", "vega-lite", "vega-embed")) {
      byte[] bytes = resource("vendor/" + name + ".min.js").getBytes(StandardCharsets.UTF_8);
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(list).contains("`" + name + ".min.js`").contains(digest);
      assertThat(resource("vendor/" + name + ".LICENSE")).contains("Redistribution and use");
    }
  }

  @Test
  void directoryWithoutPoints_isOneLine() {
    assertThatThrownBy(() -> HtmlReport.write(new ResultDirectory(folder)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no points")
        .hasMessageContaining("dipper sweep");
  }

  /** The document without its scripts. */
  private static String visible(String dom) {
    return dom.replaceAll("(?s)<script.*?</script>", "");
  }

  /** The part of the document from a chart's place to the next section. */
  private static String section(String dom, String id) {
    int from = dom.indexOf("id=\"" + id + "\"");
    assertThat(from).as(id).isPositive();
    return dom.substring(from, dom.indexOf("</section>", from));
  }

  /** Points and bars that were drawn; axes and lines have other roles. */
  private static long marks(String section) {
    return Pattern.compile("aria-roledescription=\"(point|bar|circle|rect)\"")
        .matcher(section)
        .results()
        .count();
  }

  private static int countOf(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static long rowsOf(String dom, String table) {
    int from = dom.indexOf(table);
    String body = dom.substring(dom.indexOf("<tbody", from), dom.indexOf("</tbody>", from));
    return Pattern.compile("<tr").matcher(body).results().count();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
