package io.dipper.verifier;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.quality.LiveSample;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.setting.Adapters;
import io.dipper.progress.Progress;
import io.dipper.proto.Quality;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.verifier.budget.BudgetAnswer;
import io.dipper.verifier.budget.BudgetDesign;
import io.dipper.verifier.budget.BudgetGoals;
import io.dipper.verifier.budget.BudgetSearch;
import io.dipper.verifier.calibrate.Calibration;
import io.dipper.verifier.calibrate.HalvesCheck;
import io.dipper.verifier.calibrate.Halvings;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Candidates;
import io.dipper.verifier.candidate.Goal;
import io.dipper.verifier.design.SpreadDesign;
import io.dipper.verifier.design.Trials;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.live.LiveCorpus;
import io.dipper.verifier.live.LiveRunner;
import io.dipper.verifier.live.LiveRuns;
import io.dipper.verifier.scope.AdaptedPoints;
import io.dipper.verifier.scope.LivePoints;
import io.dipper.verifier.scope.PointSelection;
import io.dipper.verifier.scope.ScopedPoint;
import io.dipper.verifier.scope.ScopedPoints;
import io.dipper.verifier.scope.VerifiedPoint;
import io.dipper.verifier.scope.VerifiedPoints;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One verification under way: runs what its selection asks for, and brings the results up to date.
 */
final class VerificationSession {
  /** What a budget search runs to know the model at all, where nothing was calibrated. */
  private static final int FIRST_RUNS = 3;

  /** Two in each half, so that there is a standard error. */
  private static final int LEAST_BLOCKS = 4;

  private final PointSelection selection;
  private final ResultDirectory results;
  private final LiveCorpus corpus;
  private final ScopedPoints scope;
  private final LiveRunner runner;
  private final LivePoints live;
  private final Calibration calibration;

  VerificationSession(
      VerificationRequest request,
      ResultDirectory results,
      DenseModel model,
      TraceReader trace,
      LiveCorpus corpus,
      Progress progress) {
    this.results = results;
    this.corpus = corpus;
    Simulation simulation = Simulation.of(request.trace(), trace, request.threads(), progress);
    this.selection =
        Adapters.isNone(request.adapter())
            ? request.points()
            : new AdaptedPoints(results, simulation, request.adapter()).of(request.points());
    this.scope = new ScopedPoints(selection, results, simulation);
    this.runner =
        new LiveRunner(model, corpus, trace, scope.scoredSites(), results.live(), progress);
    boolean wholeTrace =
        corpus.isBeginningOf(trace) && corpus.windows().size() == trace.sequences().size();
    VerifiedPoints rows = new VerifiedPoints(corpus.protocol(), wholeTrace);
    this.live = new LivePoints(scope, runner, rows, results);
    this.calibration = new Calibration(results, runner.shape(), scope, live);
  }

  VerificationResult run() {
    try (runner) {
      List<BudgetAnswer> answers = List.of();
      if (selection instanceof PointSelection.Calibration calibrating) {
        calibration.make(calibrating.runs(), text());
      } else {
        List<LiveSample> known = calibration.known().map(QualityFile::samples).orElse(List.of());
        if (selection instanceof PointSelection.Budget budget) {
          answers = search(budget, known);
        } else {
          live.require(scope.all());
        }
      }
      List<VerifiedPoint> done = live.done();
      results.addVerified(done.stream().map(VerifiedPoint::row).toList());
      calibration.predict();
      return new VerificationResult(
          corpus.protocol(), densePerplexity(), done, answers, runner.passes());
    }
  }

  /**
   * How predictions hold between halves of the text.
   *
   * @throws UserException if a point was not run on it, or it has too few blocks
   */
  List<HalvesCheck> halves(int times, int calibrating) {
    try (runner) {
      Collection<ScopedPoint> wanted = calibration.trials(List.of()).all().values();
      Map<ScopedPoint, Halvings.Run> runs = new LinkedHashMap<>();
      for (ScopedPoint point : wanted) {
        runner
            .find(point.run())
            .map(run -> new Halvings.Run(LiveRuns.live(run), LiveRuns.dense(run)))
            .ifPresent(run -> runs.put(point, run));
      }
      int missing = wanted.size() - runs.size();
      if (runs.isEmpty() || missing > 0) {
        throw UserException.in(
            results.folder(),
            "has masks that were not run live on this text ("
                + missing
                + "); run 'dipper verify --points all' on it first");
      }
      if (corpus.windows().size() < LEAST_BLOCKS) {
        throw new UserException(
            "text: " + corpus.windows().size() + " blocks cannot be halved; 4 are the least");
      }
      return new Halvings(runs).run(times, calibrating);
    }
  }

  private Estimate densePerplexity() {
    return Estimate.perplexity(runner.denseBlocks());
  }

  private Quality text() {
    return Quality.newBuilder()
        .setTokensSha256(corpus.sha256())
        .setProtocol(corpus.protocol())
        .setPerplexityDense(densePerplexity().value())
        .build();
  }

  private List<BudgetAnswer> search(PointSelection.Budget budget, List<LiveSample> brought) {
    Trials trials = calibration.trials(brought);
    BudgetGoals goals = new BudgetGoals(scope.all(), densePerplexity().value(), budget.budgets());
    if (trials.isEmpty()) {
      return goals.answers(goal -> answer(bisected(goals, goal)), true);
    }
    List<Candidate> lossless =
        scope.all().stream()
            .filter(point -> !point.row().isMasked())
            .map(point -> Candidates.of(point.row(), ""))
            .toList();
    if (brought.isEmpty()) {
      trials.run(new SpreadDesign(), Math.min(FIRST_RUNS, budget.mostRuns()));
    }
    boolean confirmed =
        trials.run(
            new BudgetDesign(goals.goals(), goal -> trials.best(goal, lossless)),
            budget.mostRuns());
    return goals.answers(goal -> answer(trials.best(goal, lossless)), confirmed);
  }

  /**
   * The best point for a goal, found without a quality model: by what must hold within a family of
   * points.
   */
  private @Nullable Candidate bisected(BudgetGoals goals, Goal goal) {
    BudgetSearch search =
        new BudgetSearch(c -> live.run(scoped(c)).perplexity().value() <= goal.mostPerplexity());
    return search.best(goals.candidates(goal), goal.kind().order());
  }

  private @Nullable VerifiedPoint answer(@Nullable Candidate candidate) {
    return candidate == null ? null : live.run(scoped(candidate));
  }

  private ScopedPoint scoped(Candidate candidate) {
    return Objects.requireNonNull(scope.find(candidate.pointId()));
  }
}
