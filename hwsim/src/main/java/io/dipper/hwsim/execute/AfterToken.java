package io.dipper.hwsim.execute;

import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.StepDemand;
import io.dipper.hwsim.time.engine.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a listener is to hear until a token is over, so that what the listener takes, to write
 * it down for one, is not taken for the token's.
 */
final class AfterToken implements EngineListener {
  private final EngineListener listener;
  private final List<Runnable> kept = new ArrayList<>();

  AfterToken(EngineListener listener) {
    this.listener = listener;
  }

  @Override
  public void spent(Stretch stretch) {
    keep(() -> listener.spent(stretch));
  }

  @Override
  public void demanded(StepDemand demand) {
    keep(() -> listener.demanded(demand));
  }

  private void keep(Runnable event) {
    if (listener != NONE) {
      kept.add(event);
    }
  }

  /** The token is over: tells all in the order in which it happened. */
  void tell() {
    kept.forEach(Runnable::run);
    kept.clear();
  }
}
