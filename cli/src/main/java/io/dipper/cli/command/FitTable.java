package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.proto.RouterMeasure;
import io.dipper.proto.SiteMeasure;
import java.util.List;
import java.util.Locale;

/** A synthetic trace beside what it was drawn from. */
final class FitTable {
  private FitTable() {}

  static Table of(List<SiteMeasure> reference, List<SiteMeasure> synthetic) {
    Table table =
        new Table(
            "site",
            "trace",
            "p50",
            "p90",
            "p99",
            "tail",
            "lag 1",
            "top N/2",
            "top N/10",
            "lru",
            "lfu");
    for (SiteMeasure drawn : synthetic) {
      reference.stream()
          .filter(measure -> measure.getSite().equals(drawn.getSite()))
          .forEach(measure -> row(table, "reference", measure));
      row(table, "synthetic", drawn);
    }
    return table;
  }

  static Table of(RouterMeasure reference, RouterMeasure synthetic) {
    Table table =
        new Table(
            "experts",
            "trace",
            "repeated",
            "entropy",
            "first",
            "lru E/4",
            "lru E/2",
            "lfu E/4",
            "lfu E/2");
    if (reference.getExperts() > 0) {
      row(table, "reference", reference);
    }
    row(table, "synthetic", synthetic);
    return table;
  }

  private static void row(Table table, String trace, RouterMeasure m) {
    table.row(
        m.getPerToken() + " of " + m.getExperts(),
        trace,
        share(m.getRepeated()),
        share(m.getEntropy()),
        share(m.getFirstWeight()),
        share(m.getLruQuarter()),
        share(m.getLruHalf()),
        share(m.getLfuQuarter()),
        share(m.getLfuHalf()));
  }

  private static void row(Table table, String trace, SiteMeasure m) {
    table.row(
        m.getSite(),
        trace,
        Show.digits(m.getP50()),
        Show.digits(m.getP90()),
        Show.digits(m.getP99()),
        Show.digits(m.getP999() / m.getP50()),
        share(m.getLag1()),
        share(m.getOverlapHalf()),
        share(m.getOverlapTenth()),
        m.getHitRateLru() < 0 ? "-" : share(m.getHitRateLru()),
        m.getHitRateLfu() < 0 ? "-" : share(m.getHitRateLfu()));
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
