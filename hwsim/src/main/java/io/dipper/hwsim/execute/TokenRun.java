package io.dipper.hwsim.execute;

import io.dipper.hwsim.replay.demand.Access;
import io.dipper.hwsim.replay.demand.TokenReplay;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.progress.Progress;
import java.util.List;

/** One token after another on a machine. */
final class TokenRun {
  private final RunParts parts;
  private final Step[] steps;
  private final List<StepRun> runs;
  private final Stopwatch watch;
  private final TokenWalk walk;
  private final TokenReplay replay;
  private final RunListener heard;
  private int step;

  TokenRun(RunParts parts, EngineListener listener, RunListener heard) {
    this.parts = parts;
    this.steps = parts.schedule().plan().steps();
    this.runs = parts.steps();
    this.watch = new Stopwatch(listener);
    this.heard = heard;
    this.walk =
        new TokenWalk(
            parts.schedule(),
            parts.work().device().getOverlap(),
            runs,
            parts.machine(),
            listener,
            watch);
    this.replay =
        new TokenReplay(
            parts.source(),
            parts.work().demand().layers(),
            parts.point(),
            this::timed,
            this::multiply);
  }

  private MaskSelector timed(MaskSelector selector) {
    return (signals, cache, mask) -> {
      selector.select(signals, cache, mask);
      if (!foreseen(step)) {
        walk.spent(Activity.SELECT);
      }
    };
  }

  /** Whether a step's choice is everything, which is replayed before the token's time begins. */
  private boolean foreseen(int index) {
    return runs.get(index) instanceof FullRun;
  }

  private void multiply(Access access) {
    if (runs.get(step) instanceof MaskedRun run) {
      run.access(access);
      work(access.row(), run);
    }
  }

  private void work(int row, UnitRun run) {
    walk.step(step);
    heard.multiplied(row, layer(), steps[step].units().group(), run.products());
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
    replay.begin();
    fill();
    walk.begin(first, tokens);
    double seconds = 0;
    for (int t = 0; t < tokens; t++) {
      if (t % TokenReplay.ROWS == 0) {
        replay.read(first + t, t, Math.min(TokenReplay.ROWS, tokens - t));
      }
      seconds += token(first + t, span.at(t, length));
      progress.advance(1);
    }
    return seconds;
  }

  private double token(int row, double positions) {
    for (step = 0; step < steps.length; step++) {
      if (foreseen(step)) {
        replay.play(row, layer(), steps[step].units().group());
      }
    }
    watch.begin();
    heard.token(row);
    for (step = 0; step < steps.length; step++) {
      walk.enter(row, step);
      if (runs.get(step) instanceof UnitRun run) {
        if (run instanceof FullRun) {
          work(row, run);
        } else {
          replay.play(row, layer(), steps[step].units().group());
        }
        run.keep(cached(step));
        walk.spent(Activity.ADMIT);
      } else {
        runs.get(step).attend(positions);
        walk.step(step);
      }
      walk.consumed(step);
    }
    return watch.end();
  }

  private int layer() {
    return parts.schedule().plan().layer(step);
  }

  private LayerUnits units(int index) {
    return ((UnitRun) runs.get(index)).units();
  }

  private UnitSet cached(int index) {
    int layer = parts.schedule().plan().layer(index);
    return replay.cache(layer, steps[index].units().group()).cached();
  }

  /** Brings into memory what caches hold when a sequence begins, and nothing else. */
  private void fill() {
    for (int index = 0; index < steps.length; index++) {
      if (steps[index].isMasked()) {
        LayerUnits units = units(index);
        units.keepOnly(cached(index));
        if (units.want(cached(index)) > 0) {
          Batch batch = Batch.ofReads();
          List<Stretch> runsOfUnits = units.runs();
          Stretch.addReads(
              runsOfUnits, runsOfUnits.size(), parts.machine().map().page(), batch, units::scatter);
          parts.machine().lanes().read(batch);
          units.arrived();
        }
        ((UnitRun) runs.get(index)).filled();
      }
    }
  }

  /** Gives up the memory of all units. */
  void forget() {
    for (int index = 0; index < steps.length; index++) {
      if (steps[index].isMasked()) {
        units(index).keepOnly(new UnitSet(units(index).held().size()));
      }
    }
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
