package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.quality.Increase;
import io.dipper.hwsim.study.quality.PredictionCheck;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.quality.RunError;
import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.proto.Quality;
import io.dipper.proto.QualityCoefficients;
import io.dipper.proto.QualitySample;
import io.dipper.verifier.Verification;
import io.dipper.verifier.VerificationRequest;
import io.dipper.verifier.calibrate.HalvesCheck;
import io.dipper.verifier.scope.PointSelection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper calibrate}: a quality model from a handful of live runs. */
@Command(
    name = "calibrate",
    description = "Runs a few points live and predicts the perplexity of all others.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  dipper calibrate results --model model.gguf --text other.txt"})
public final class CalibrateCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private WeightOptions weights;
  @Mixin private LiveOptions live;

  @Option(
      names = "--runs",
      defaultValue = "6",
      paramLabel = "N",
      description = "How many points to run live (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--halves",
      paramLabel = "N",
      description = {
        "How far predictions carry: fits on a random half of the blocks and tests on the other, N"
            + " times.",
        "Makes no runs and writes nothing; needs 'verify --points all' on the same text first."
      })
  private @Nullable Integer halves;

  @Override
  public void run() {
    OptionChecks.atLeastOne("--runs", runs);
    if (halves != null) {
      check(halves);
    } else {
      calibrate();
    }
  }

  private void check(int times) {
    OptionChecks.atLeastOne("--halves", times);
    VerificationRequest request =
        live.request(new PointSelection.Calibration(runs), weights.runtime(run.threads()));
    List<HalvesCheck> checks = Verification.halves(request, times, runs);
    List<PredictionCheck> predicted = checks.stream().map(HalvesCheck::predicted).toList();
    List<PredictionCheck> repeated = checks.stream().map(HalvesCheck::repeated).toList();
    Table table = new Table("", "mean", "p10", "p90");
    row(table, "Kendall tau", "%.3f", predicted, PredictionCheck::kendallTau);
    row(table, "median error", "%.1f%%", predicted, check -> 100 * check.medianError());
    row(table, "in interval", "%.1f%%", predicted, check -> 100 * check.covered());
    row(table, "tau, all run live", "%.3f", repeated, PredictionCheck::kendallTau);
    row(table, "error, all run live", "%.1f%%", repeated, check -> 100 * check.medianError());
    PrintWriter out = spec.commandLine().getOut();
    table.print(out);
    out.printf(
        "%nof %d masks, fitted on %d of them, %d times%n",
        predicted.get(0).points() + runs, runs, times);
  }

  private static void row(
      Table table,
      String name,
      String format,
      List<PredictionCheck> checks,
      ToDoubleFunction<PredictionCheck> value) {
    double[] values = checks.stream().mapToDouble(value).filter(Double::isFinite).toArray();
    Percentile percentile = new Percentile();
    percentile.setData(values);
    table.row(
        name,
        known(format, new Mean().evaluate(values), "–"),
        known(format, percentile.evaluate(10), "–"),
        known(format, percentile.evaluate(90), "–"));
  }

  /** A number, or what stands for one that cannot be known. */
  private static String known(String format, double value, String otherwise) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : otherwise;
  }

  private void calibrate() {
    PointSelection selection = new PointSelection.Calibration(runs);
    try (ShownProgress progress = run.progress()) {
      Verification.run(live.request(selection, weights.runtime(run.threads())), progress);
      HtmlReport.write(live.results());
      progress.close();
    }
    Path file = live.results().quality();
    PrintWriter out = spec.commandLine().getOut();
    print(QualityFile.read(file), out);
    VerdictText.print(SweptPoints.of(live.results()), live.results().verdicts(), out);
    out.println(file);
  }

  /** The runs, measured and as predicted without each of them, and the fit. */
  private static void print(Quality quality, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s, %s, dense perplexity %.3f%n%n",
        quality.getModel(),
        quality.getProtocol(),
        quality.getPerplexityDense());
    boolean experts =
        quality.getSamplesList().stream()
            .anyMatch(sample -> sample.getLostFewer() + sample.getLostOthers() > 0);
    Table table =
        new Table(
            "run live",
            experts ? "fewer" : "lost x",
            experts ? "others" : "lost h",
            "increase",
            "",
            "left out",
            "error");
    for (QualitySample sample : quality.getSamplesList()) {
      Increase increase = new Increase(sample.getIncrease(), sample.getStandardError());
      double leftOut = Increase.share(sample.getLeftOut());
      table.row(
          PolicyText.ofRun(sample.getPoint()),
          String.format(
              Locale.ROOT, "%.4f", experts ? sample.getLostFewer() : sample.getLostInput()),
          String.format(Locale.ROOT, "%.4f", experts ? sample.getLostOthers() : lostGlu(sample)),
          String.format(Locale.ROOT, "%+.2f%%", 100 * increase.share()),
          known("± %.2f", 100 * increase.shareError(), ""),
          String.format(Locale.ROOT, "%+.2f%%", 100 * leftOut),
          known("%+.0f%%", 100 * (leftOut / increase.share() - 1), "–"));
    }
    table.print(out);
    out.println(experts ? ofExperts(quality) : ofUnits(quality));
    out.printf(
        Locale.ROOT,
        "points lie within %.0f%% of the curve; %s%n",
        100 * quality.getSpread(),
        RunError.describe(quality));
  }

  private static double lostGlu(QualitySample sample) {
    return sample.getLostGlu() + sample.getLostGate() + sample.getLostUp();
  }

  private static String ofUnits(Quality quality) {
    QualityCoefficients c = quality.getCoefficients();
    return String.format(
        Locale.ROOT,
        "%nln(perplexity / dense) = z + %.3g z², z = %.3g x + %.3g h + %.3g g² / (g + %.2g) + %.3g u%n"
            + "x, h, g, u: energy lost at the input, and among GLU units chosen by their magnitude,"
            + " by the gate, by up",
        c.getCurvature(),
        c.getInput(),
        c.getGlu(),
        c.getGate(),
        c.getClosed(),
        c.getUp());
  }

  private static String ofExperts(Quality quality) {
    QualityCoefficients c = quality.getCoefficients();
    return String.format(
        Locale.ROOT,
        "%nln(perplexity / dense) = z + %.3g z², z = %.3g fewer + %.3g others%n"
            + "the share of the router's weight that is lost: where a token takes fewer experts, or"
            + " others",
        c.getCurvature(),
        c.getFewer(),
        c.getOthers());
  }
}
