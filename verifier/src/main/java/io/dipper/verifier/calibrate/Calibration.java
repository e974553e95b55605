package io.dipper.verifier.calibrate;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.quality.Increase;
import io.dipper.hwsim.study.quality.LiveSample;
import io.dipper.hwsim.study.quality.Prediction;
import io.dipper.hwsim.study.quality.Predictions;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.PredictionRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Quality;
import io.dipper.proto.QualitySample;
import io.dipper.verifier.design.FrontDesign;
import io.dipper.verifier.design.SpreadDesign;
import io.dipper.verifier.design.Trial;
import io.dipper.verifier.design.Trials;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.scope.LivePoints;
import io.dipper.verifier.scope.ScopedPoint;
import io.dipper.verifier.scope.ScopedPoints;
import io.dipper.verifier.scope.VerifiedPoint;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The quality model of a sweep: fitted on live runs, and held against all that were made. */
public final class Calibration {
  /** One run in three looks at the front. */
  private static final int FRONT_SHARE = 3;

  private final ResultDirectory results;
  private final ModelShape shape;
  private final ScopedPoints scope;
  private final LivePoints live;

  /**
   * @param shape of the model that is run
   */
  public Calibration(
      ResultDirectory results, ModelShape shape, ScopedPoints scope, LivePoints live) {
    this.results = results;
    this.shape = shape;
    this.scope = scope;
    this.live = live;
  }

  /**
   * The quality model beside the points; empty where there is none.
   *
   * @throws UserException if it is of another model
   */
  public Optional<Quality> known() {
    if (!Files.exists(results.quality())) {
      return Optional.empty();
    }
    Quality quality = QualityFile.read(results.quality());
    QualityFile.check(results.quality(), quality, shape);
    return Optional.of(quality);
  }

  /**
   * Runs points that tell most of the model, and writes it.
   *
   * @param text what is known of the text that they are run on
   * @throws UserException if nothing can be told of any point
   */
  public void make(int runs, Quality text) {
    Trials trials = trials(List.of());
    if (trials.isEmpty()) {
      throw UserException.in(
          results.folder(),
          Experts.in(shape)
              ? "has no point that changes the experts' weights; sweep router with a smaller k,"
                  + " top-p, drop-cold, cache-prior or max-rank"
              : "has no point whose lost energy is known; record column norms and the glu site, and"
                  + " sweep a policy other than dense, without an adapter");
    }
    run(trials, runs);
    Quality about =
        text.toBuilder().setModel(shape.getName()).setModelSha256(shape.getSha256()).build();
    QualityFile.write(results.quality(), QualityFile.message(about, trials.samples()));
  }

  /** Makes the runs of a calibration: most to know the coefficients, some to know the front. */
  public static void run(Trials trials, int runs) {
    trials.run(new SpreadDesign(), runs - runs / FRONT_SHARE);
    trials.run(new FrontDesign(), runs);
    trials.run(new SpreadDesign(), runs);
  }

  /**
   * The runs that may be made.
   *
   * @param brought runs that were made elsewhere, for the same model
   */
  public Trials trials(List<LiveSample> brought) {
    return new Trials(scope.all(), brought, point -> live.run(point).increase());
  }

  /** Brings predicted perplexities up to date, beside the measured ones of the same tokens. */
  public void predict() {
    known().ifPresent(this::predict);
  }

  private void predict(Quality quality) {
    QualityModel model = QualityFile.model(quality);
    Predictions predictions = new Predictions(model);
    List<PointRow> rows = new ArrayList<>();
    for (PointRow row : results.points()) {
      ScopedPoint point = scope.find(row.pointId());
      rows.add(point == null ? row : predictions.predict(point.planned().policy(), row));
    }
    results.writePoints(rows);
    results.writePredictions(compared(quality, model));
  }

  /** What was predicted of every run that was made. */
  private List<PredictionRow> compared(Quality quality, QualityModel model) {
    Set<String> fitted =
        quality.getSamplesList().stream().map(QualitySample::getPoint).collect(Collectors.toSet());
    List<PredictionRow> rows = new ArrayList<>();
    trials(List.of())
        .all()
        .forEach(
            (trial, point) ->
                live.find(point)
                    .map(VerifiedPoint::increase)
                    .ifPresent(
                        measured ->
                            rows.add(row(trial, fitted, model.predict(trial.lost()), measured))));
    return rows;
  }

  /**
   * A prediction beside what was measured.
   *
   * @param fitted the names of the runs that the model was fitted on
   */
  public static PredictionRow row(
      Trial trial, Set<String> fitted, Prediction predicted, Estimate measured) {
    Increase increase = new Increase(measured.value(), measured.standardError());
    double error = increase.shareError();
    return new PredictionRow(
        trial.name(),
        fitted.contains(trial.name()),
        Increase.share(predicted.increase()),
        Increase.share(predicted.low()),
        Increase.share(predicted.high()),
        increase.share(),
        Double.isNaN(error) ? null : error);
  }
}
