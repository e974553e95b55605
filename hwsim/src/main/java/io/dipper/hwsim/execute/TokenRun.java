package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.progress.Progress;
import java.util.List;

/** One token after another on a machine. */
final class TokenRun {
  private final RunParts parts;
  private final List<StepRun> runs;
  private final Stopwatch watch;
  private final TokenWalk walk;
  private final Choices choices;
  private final RunListener heard;
  private final AfterToken told;

  TokenRun(RunParts parts, EngineListener listener, RunListener heard) {
    this.parts = parts;
    this.runs = parts.steps();
    this.told = new AfterToken(listener);
    this.watch = new Stopwatch(told);
    this.heard = heard;
    this.walk =
        new TokenWalk(
            parts.schedule(),
            parts.work().device().getOverlap(),
            runs,
            parts.machine(),
            told,
            watch);
    this.choices =
        parts.point().fetch() instanceof ExpertRules rules
            ? new ExpertChoices(parts, rules, runs, walk, heard)
            : new MaskChoices(parts, runs, walk, heard);
  }

  /**
   * Runs the first tokens of a sequence.
   *
   * @param first its first row
   * @param tokens how many
   * @param length of the whole sequence
   * @return how long they took, in seconds
   */
  double sequence(int first, int tokens, int length, Progress progress) {
    KvSpan span = KvSpan.of(parts.work().config());
    heard.begins(first, length);
    choices.begin(first);
    walk.begin(first, tokens);
    double seconds = 0;
    for (int t = 0; t < tokens; t++) {
      choices.prepare(first + t, t, tokens - t);
      seconds += token(first + t, span.at(t, length));
      progress.advance(1);
    }
    return seconds;
  }

  private double token(int row, double positions) {
    watch.begin();
    heard.token(row);
    for (int step = 0; step < runs.size(); step++) {
      walk.enter(row, step);
      if (runs.get(step).chooses()) {
        choices.run(row, step);
        walk.spent(Activity.ADMIT);
      } else {
        runs.get(step).attend(positions);
        walk.step(step);
      }
      walk.consumed(step);
    }
    told.tell();
    return watch.end();
  }

  /** Gives up the memory of all units. */
  void forget() {
    choices.forget();
  }

  /** Where the time of a token went, the mean over so many. */
  TimeLedger ledger(int tokens) {
    return watch.perToken(tokens);
  }

  /** What was found and read. */
  ReadCounts counts() {
    return walk.counts();
  }
}
