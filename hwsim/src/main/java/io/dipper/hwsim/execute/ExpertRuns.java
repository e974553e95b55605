package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.ExpertStore;
import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import java.util.ArrayList;
import java.util.List;

/** Makes the steps of a model's experts. */
final class ExpertRuns {
  private ExpertRuns() {}

  /** What is done with the experts of each layer; none where a model has none. */
  static List<StepRun> of(Machine machine) {
    ExpertStore store = machine.map().store();
    ExpertProducts products =
        new ExpertProducts(
            store.blocks(), machine.width(), machine.activations(), machine.team().members());
    List<StepRun> runs = new ArrayList<>();
    int routed = 0;
    for (List<Slice> slices : machine.map().experts().layers()) {
      runs.add(
          slices.isEmpty()
              ? new IdleRun()
              : new ExpertRun(
                  routed++,
                  new ExpertSlots(store, slices, machine.experts(), machine.map().page()),
                  products));
    }
    return runs;
  }
}
