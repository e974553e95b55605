package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.trace.Site;
import io.dipper.trace.SiteStatistics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How many magnitudes of a site lie between two powers of two, all layers together, as bars. */
final class MagnitudeHistogram {
  private static final int WIDEST_BAR = 50;

  /** Octaves at either end that hold less are left out. */
  private static final double LEAST_SHARE = 0.001;

  private MagnitudeHistogram() {}

  static void print(Site site, List<SiteStatistics> statistics, PrintWriter out) {
    List<SiteStatistics> layers = statistics.stream().filter(s -> s.site() == site).toList();
    double values = layers.stream().mapToLong(SiteStatistics::values).sum();
    double[] shares =
        IntStream.range(0, SiteStatistics.OCTAVES)
            .mapToDouble(
                i -> layers.stream().mapToLong(s -> s.shape().octaves().get(i)).sum() / values)
            .toArray();
    double most = IntStream.range(0, shares.length).mapToDouble(i -> shares[i]).max().orElse(1);
    int[] shown = IntStream.range(0, shares.length).filter(i -> shares[i] >= LEAST_SHARE).toArray();
    out.printf("|%s| of all layers%n", site.id());
    int end = shown.length == 0 ? 0 : shown[shown.length - 1] + 1;
    for (int i = shown.length == 0 ? 0 : shown[0]; i < end; i++) {
      int exponent = i + SiteStatistics.LOWEST_OCTAVE;
      String range = String.format(Locale.ROOT, "2^%d .. 2^%d", exponent, exponent + 1);
      String bar = "#".repeat((int) Math.round(WIDEST_BAR * shares[i] / most));
      String line = String.format("%14s %6s  %s", range, Show.percent(shares[i]), bar);
      out.println(line.stripTrailing());
    }
  }
}
