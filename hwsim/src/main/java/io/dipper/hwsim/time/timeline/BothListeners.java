package io.dipper.hwsim.time.timeline;

import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.Gauge;
import io.dipper.hwsim.time.engine.StepKind;
import io.dipper.hwsim.time.engine.TransferKind;

/** Tells two listeners everything, one after the other. */
record BothListeners(EngineListener first, EngineListener second) implements EngineListener {
  @Override
  public void spent(
      int row, int layer, StepKind step, Activity activity, double startPs, double endPs) {
    first.spent(row, layer, step, activity, startPs, endPs);
    second.spent(row, layer, step, activity, startPs, endPs);
  }

  @Override
  public void demanded(
      int row, int layer, StepKind step, int selected, int hits, double flashBytes, double atPs) {
    first.demanded(row, layer, step, selected, hits, flashBytes, atPs);
    second.demanded(row, layer, step, selected, hits, flashBytes, atPs);
  }

  @Override
  public void transferred(
      TransferKind kind,
      int row,
      int layer,
      StepKind step,
      double startPs,
      double endPs,
      double bytes) {
    first.transferred(kind, row, layer, step, startPs, endPs, bytes);
    second.transferred(kind, row, layer, step, startPs, endPs, bytes);
  }

  @Override
  public void changed(Gauge gauge, int row, double value, double atPs) {
    first.changed(gauge, row, value, atPs);
    second.changed(gauge, row, value, atPs);
  }
}
