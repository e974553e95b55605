package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.file.UnitRuns;
import io.dipper.hwsim.execute.file.WeightMap;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.Products;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.TokenReplay;
import io.dipper.hwsim.time.engine.StepReads;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of tokens needs.
 *
 * @param recording what is chosen from where no model runs
 * @param live the model that runs; null where activations are made up
 */
record RunParts(
    Workload work,
    ReplayPoint point,
    Recording recording,
    Schedule schedule,
    Machine machine,
    @Nullable LiveRun live) {

  /** What is done in each step, with nothing in memory yet but static weights. */
  List<StepRun> steps() {
    StepReads reads = new StepReads(work.device(), schedule);
    WeightMap map = machine.map();
    List<UnitProducts> products = new ArrayList<>();
    for (int group = 0; group < map.stores().size(); group++) {
      GroupStore store = map.stores().get(group);
      double bits = work.bytes().bits().getMlp();
      products.add(
          new UnitProducts(
              Products.of(Blocks.nearest(bits, work.config()).type()),
              store,
              machine.units(group),
              live == null ? ProductInputs.same(machine.activations()) : live.inputs(),
              machine.team().members(),
              live != null));
    }
    Step[] steps = schedule.plan().steps();
    List<StepRun> runs = new ArrayList<>();
    List<StepRun> experts = ExpertRuns.of(machine);
    for (int step = 0; step < steps.length; step++) {
      int group = steps[step].units().group();
      if (steps[step].units().arrival().oneByOne()) {
        runs.add(experts.get(schedule.plan().layer(step)));
      } else if (steps[step].isMasked()) {
        LayerUnits units = units(schedule.plan().layer(step), group);
        UnitProducts own = products.get(group);
        runs.add(
            steps[step].isKnownAhead()
                ? new FullRun(step, machine, reads, own, units)
                : new MaskedRun(machine, choice(step, group, reads), own, units));
      } else {
        runs.add(fixed(step, reads));
      }
    }
    return runs;
  }

  /** What masks are chosen from. */
  TokenReplay.Source source() {
    return live == null ? TokenReplay.Source.of(recording) : (layer, group) -> live.signals(group);
  }

  private ReadChoice choice(int step, int group, StepReads reads) {
    return live == null
        ? ReadChoice.simulated(reads, step)
        : ReadChoice.sooner(reads.timing(), machine.map().stores().get(group));
  }

  private StepRun fixed(int step, StepReads reads) {
    if (live != null) {
      return live.fixed(schedule.plan(), step, machine.team().members());
    }
    int launches = schedule.plan().steps()[step].kernels().launches();
    return new StaticRun(step, launches, machine, reads);
  }

  private LayerUnits units(int layer, int group) {
    FetchRules fetch = point.fetch().ofUnits();
    WeightMap map = machine.map();
    GroupStore store = map.stores().get(group);
    return new LayerUnits(
        store,
        machine.units(group),
        new UnitRuns(
            store,
            map.units(layer, group),
            map.page(),
            fetch.places().of(layer, store.group()),
            fetch.gapUnits().get(group)));
  }
}
