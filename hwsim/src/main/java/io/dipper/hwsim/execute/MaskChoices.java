package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.demand.Access;
import io.dipper.hwsim.replay.demand.TokenReplay;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.schedule.Step;
import java.util.List;

/** The units that masks select, by the policy and the caches of a point. */
final class MaskChoices implements Choices {
  private final RunParts parts;
  private final Step[] steps;
  private final List<StepRun> runs;
  private final TokenWalk walk;
  private final RunListener heard;
  private final TokenReplay replay;
  private int step;

  MaskChoices(RunParts parts, List<StepRun> runs, TokenWalk walk, RunListener heard) {
    this.parts = parts;
    this.steps = parts.schedule().plan().steps();
    this.runs = runs;
    this.walk = walk;
    this.heard = heard;
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

  /** Brings into memory what caches hold, and nothing else. */
  @Override
  public void begin(int first) {
    replay.begin();
    for (int index = 0; index < steps.length; index++) {
      if (steps[index].isMasked()) {
        fill(index);
      }
    }
  }

  private void fill(int index) {
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

  @Override
  public void prepare(int row, int position, int left) {
    if (position % TokenReplay.ROWS == 0) {
      replay.read(row, position, Math.min(TokenReplay.ROWS, left));
    }
    for (step = 0; step < steps.length; step++) {
      if (foreseen(step)) {
        replay.play(row, layer(), steps[step].units().group());
      }
    }
  }

  @Override
  public void run(int row, int index) {
    step = index;
    UnitRun run = (UnitRun) runs.get(index);
    if (run instanceof FullRun) {
      work(row, run);
    } else {
      replay.play(row, layer(), steps[index].units().group());
    }
    run.keep(cached(index));
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

  @Override
  public void forget() {
    for (int index = 0; index < steps.length; index++) {
      if (steps[index].isMasked()) {
        units(index).keepOnly(new UnitSet(units(index).held().size()));
      }
    }
  }
}
