package io.dipper.hwsim.time.timeline;

import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.Gauge;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import io.dipper.hwsim.time.engine.Transfer;

/** Tells two listeners everything, one after the other. */
record BothListeners(EngineListener first, EngineListener second) implements EngineListener {
  @Override
  public void spent(Stretch stretch) {
    first.spent(stretch);
    second.spent(stretch);
  }

  @Override
  public void demanded(StepDemand demand) {
    first.demanded(demand);
    second.demanded(demand);
  }

  @Override
  public void transferred(Transfer transfer) {
    first.transferred(transfer);
    second.transferred(transfer);
  }

  @Override
  public void changed(Gauge gauge, int row, double value, double atPs) {
    first.changed(gauge, row, value, atPs);
    second.changed(gauge, row, value, atPs);
  }
}
