package io.dipper.hwsim.execute;

import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.time.engine.StepReads;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.trace.Recording;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of tokens needs.
 *
 * @param point what is replayed
 * @param recording what masks are chosen from
 * @param fetch how missed units become reads
 */
record RunParts(
    Workload work,
    ReplayPoint point,
    Recording recording,
    Schedule schedule,
    Machine machine,
    FetchRules fetch) {

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
              Products.of(Blocks.nearest(bits).type()),
              store,
              machine.units(group),
              machine.activations(),
              machine.team().members()));
    }
    Step[] steps = schedule.plan().steps();
    List<StepRun> runs = new ArrayList<>();
    for (int step = 0; step < steps.length; step++) {
      int group = steps[step].units().group();
      if (steps[step].isMasked()) {
        LayerUnits units = units(schedule.plan().layer(step), group);
        UnitProducts own = products.get(group);
        runs.add(
            steps[step].isKnownAhead()
                ? new FullRun(step, machine, reads, own, units)
                : new MaskedRun(step, machine, reads, own, units));
      } else {
        runs.add(new StaticRun(step, steps[step].kernels().launches(), machine, reads));
      }
    }
    return runs;
  }

  private LayerUnits units(int layer, int group) {
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
