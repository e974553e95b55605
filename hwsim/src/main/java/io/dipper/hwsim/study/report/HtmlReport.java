package io.dipper.hwsim.study.report;

import io.dipper.files.AtomicFile;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.study.result.ResultDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The report of a result directory: one HTML file with its data, styles, scripts and the chart
 * library inside, which opens without a network. Equal results give equal bytes.
 */
public final class HtmlReport {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
  private static final List<String> SCRIPTS =
      List.of(
          "data",
          "format",
          "state",
          "charts",
          "panels",
          "tables",
          "tasks",
          "quality",
          "experts",
          "compared",
          "main");

  private HtmlReport() {}

  /**
   * Writes {@code report.html} into the directory.
   *
   * @return the file
   * @throws io.dipper.error.UserException if there are no points, or it cannot be written
   */
  public static Path write(ResultDirectory results) {
    CommandFiles files = new CommandFiles().writes("", results.report());
    results.written().stream()
        .filter(file -> !file.equals(results.report()))
        .forEach(file -> files.reads("DIR", file));
    files.check();
    String html = html(results);
    AtomicFile.write(results.report(), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    return results.report();
  }

  private static String html(ResultDirectory results) {
    Map<String, String> parts =
        Map.of(
            "title", escaped(title(results)),
            "style", resource("page/report.css"),
            "data", ReportData.json(results),
            "vega", resource("vendor/vega.min.js"),
            "vega-lite", resource("vendor/vega-lite.min.js"),
            "vega-embed", resource("vendor/vega-embed.min.js"),
            "script",
                SCRIPTS.stream()
                    .map(name -> resource("page/" + name + ".js"))
                    .collect(Collectors.joining("\n", "'use strict';\n", "")));
    return PLACE
        .matcher(resource("page/report.html"))
        .replaceAll(place -> Matcher.quoteReplacement(part(parts, place.group(1))));
  }

  private static String part(Map<String, String> parts, String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }

  private static String title(ResultDirectory results) {
    String models =
        results.points().stream()
            .map(p -> p.identity().model())
            .distinct()
            .collect(Collectors.joining(", "));
    return "Sparse decoding of " + models + " from Flash";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
