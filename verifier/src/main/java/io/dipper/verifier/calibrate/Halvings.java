package io.dipper.verifier.calibrate;

import io.dipper.hwsim.study.quality.LiveSample;
import io.dipper.hwsim.study.quality.Prediction;
import io.dipper.hwsim.study.quality.PredictionCheck;
import io.dipper.hwsim.study.quality.QualityModel;
import io.dipper.hwsim.study.result.PredictionRow;
import io.dipper.verifier.design.Trials;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.live.Estimate.Block;
import io.dipper.verifier.scope.ScopedPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How predictions hold on another text, found by halving one again and again: the quality model is
 * calibrated on a random half of the blocks, as {@link Calibration} would on a text of its own, and
 * its predictions are held against the other half. Needs every point run live, and runs none.
 */
public final class Halvings {
  /** The blocks of a run, and the same blocks of the dense run. */
  public record Run(List<Block> live, List<Block> dense) {
    private Estimate increase(List<Integer> blocks) {
      return Estimate.increase(
          blocks.stream().map(live::get).toList(), blocks.stream().map(dense::get).toList());
    }
  }

  private final Map<ScopedPoint, Run> runs;
  private final int blocks;

  /**
   * @param runs of the points that trials are made of; all over the same blocks, four or more
   */
  public Halvings(Map<ScopedPoint, Run> runs) {
    this.runs = runs;
    this.blocks = runs.values().iterator().next().live().size();
  }

  /**
   * Halves the blocks a number of times.
   *
   * @param calibrating how many runs the model is fitted on
   * @return how the predictions of each time held
   */
  public List<HalvesCheck> run(int times, int calibrating) {
    Random random = new Random(1);
    List<HalvesCheck> checks = new ArrayList<>();
    for (int t = 0; t < times; t++) {
      List<Integer> shuffled = new ArrayList<>(IntStream.range(0, blocks).boxed().toList());
      Collections.shuffle(shuffled, random);
      checks.add(
          check(
              shuffled.subList(0, blocks / 2), shuffled.subList(blocks / 2, blocks), calibrating));
    }
    return checks;
  }

  private HalvesCheck check(List<Integer> half, List<Integer> other, int calibrating) {
    Trials trials = new Trials(runs.keySet(), List.of(), point -> runOf(point).increase(half));
    Calibration.run(trials, calibrating);
    QualityModel model = trials.model();
    Set<String> fitted =
        trials.samples().stream().map(LiveSample::point).collect(Collectors.toSet());
    List<PredictionRow> predicted = new ArrayList<>();
    List<PredictionRow> repeated = new ArrayList<>();
    trials
        .all()
        .forEach(
            (trial, point) -> {
              Estimate measured = runOf(point).increase(other);
              double before = runOf(point).increase(half).value();
              Prediction same = new Prediction(before, before, before);
              predicted.add(Calibration.row(trial, fitted, model.predict(trial.lost()), measured));
              repeated.add(Calibration.row(trial, fitted, same, measured));
            });
    return new HalvesCheck(PredictionCheck.of(predicted), PredictionCheck.of(repeated));
  }

  private Run runOf(ScopedPoint point) {
    Run run = runs.get(point);
    if (run == null) {
      throw new IllegalStateException("no run of " + point.id());
    }
    return run;
  }
}
