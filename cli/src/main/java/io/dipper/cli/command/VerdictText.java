package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.hwsim.study.result.SkippedGroup;
import io.dipper.hwsim.study.result.SkippedRow;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.verdict.ColdMasks;
import io.dipper.hwsim.study.verdict.DeviceBands;
import io.dipper.hwsim.study.verdict.DeviceVerdict;
import io.dipper.hwsim.study.verdict.EqualCaches;
import io.dipper.hwsim.study.verdict.LossBound;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What a sweep says as a whole, for a person: a line per device, and what was left out. */
final class VerdictText {
  private VerdictText() {}

  /** Whether masks win, and where: a line per device, and how sure that is below it. */
  static void print(SweptPoints sweep, List<VerdictRow> verdicts, PrintWriter out) {
    LossBound bound = LossBound.usual(sweep.rows());
    DeviceBands bands = new DeviceBands(sweep, verdicts, bound);
    for (DeviceVerdict verdict : DeviceVerdict.of(sweep, bound)) {
      out.println(verdict.device() + ": " + verdict.sentence());
      bands.of(verdict.device()).forEach(line -> out.println("  " + line));
    }
  }

  /** How many points only repeat those of another cache. */
  static void printEqualCaches(SweptPoints sweep, PrintWriter out) {
    EqualCaches.summary(EqualCaches.of(sweep)).ifPresent(out::println);
  }

  /** That masks and dense points do not begin alike, where that is so. */
  static void printColdMasks(SweptPoints sweep, PrintWriter out) {
    ColdMasks.summary(sweep).ifPresent(out::println);
  }

  /**
   * The points that cannot exist, a line per reason.
   *
   * @param file where each has a line of its own
   */
  static void printSkipped(List<SkippedRow> skipped, Path file, PrintWriter out) {
    if (skipped.isEmpty()) {
      return;
    }
    out.printf("%s points cannot exist (%s):%n", Show.count(skipped.size()), file);
    for (SkippedGroup group : SkippedGroup.of(skipped)) {
      out.printf(
          "  %s of %s: %s%s%n",
          Show.count(group.rows().size()),
          group.settings(),
          group.isUniform() ? "" : "e.g. ",
          group.reason());
    }
  }
}
