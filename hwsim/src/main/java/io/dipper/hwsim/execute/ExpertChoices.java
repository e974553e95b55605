package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.expert.ChoiceListener;
import io.dipper.hwsim.replay.expert.ExpertPlayer;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.hwsim.time.engine.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The experts that the routers of a recording choose, by the policy and the caches of a point. A
 * prompt goes through both before the first decoded token of its sequence begins.
 */
final class ExpertChoices implements Choices {
  private final RunParts parts;
  private final List<StepRun> runs;
  private final TokenWalk walk;
  private final RunListener heard;
  private final HeldRows rows;
  private final Steps steps;
  private final List<ExpertSlots> slots = new ArrayList<>();
  private final boolean global;
  private final ExpertPlayer player;
  private int step = -1;
  private boolean entered;

  /**
   * @throws io.dipper.error.UserException if the recording lacks what the policy looks at
   */
  ExpertChoices(
      RunParts parts, ExpertRules rules, List<StepRun> runs, TokenWalk walk, RunListener heard) {
    this.parts = parts;
    this.runs = runs;
    this.walk = walk;
    this.heard = heard;
    this.rows = new HeldRows(parts.recording());
    this.steps = rules.steps(parts.recording().sequenceLengths());
    this.global = Caches.isGlobal(parts.point().cache());
    this.player =
        new ExpertPlayer(
            rows, steps, rules.units(), rules.point(parts.point()), ChoiceListener.NONE);
    for (StepRun run : runs) {
      if (run instanceof ExpertRun experts) {
        slots.add(experts.slots());
      }
    }
  }

  @Override
  public void begin(int first) {
    step++;
    while (!steps.all().get(step).decode()) {
      player.pass(step++);
    }
    player.enter(step);
    entered = true;
    for (int layer = 0; layer < slots.size(); layer++) {
      fill(layer);
    }
  }

  /** Brings into memory what a layer's cache holds, and nothing else. */
  private void fill(int layer) {
    ExpertSlots own = slots.get(layer);
    IntPredicate cached = player.cached(layer);
    own.keepOnly(cached);
    Batch batch = Batch.ofReads();
    for (int expert = 0; expert < own.held().size(); expert++) {
      if (cached.test(expert) && !own.held().contains(expert)) {
        own.fetch(expert, batch);
      }
    }
    if (!batch.parts().isEmpty()) {
      parts.machine().lanes().read(batch);
    }
  }

  @Override
  public void prepare(int row, int position, int left) {
    if (!entered) {
      player.enter(++step);
    }
    entered = false;
    rows.hold(steps.all().get(step).row());
  }

  @Override
  public void run(int row, int index) {
    ExpertRun run = (ExpertRun) runs.get(index);
    player.choose(run.layer());
    run.take(player);
    walk.spent(Activity.SELECT);
    walk.step(index);
    heard.multiplied(row, parts.schedule().plan().layer(index), run.products());
    player.play(run.layer());
    keepCached(run.layer());
  }

  /** One cache of all layers may part with experts of any. */
  private void keepCached(int layer) {
    if (global) {
      for (int other = 0; other < slots.size(); other++) {
        slots.get(other).keepOnly(player.cached(other));
      }
    } else {
      slots.get(layer).keepOnly(player.cached(layer));
    }
  }

  @Override
  public void forget() {
    for (int layer = 0; layer < slots.size(); layer++) {
      slots.get(layer).keepOnly(expert -> false);
    }
  }
}
