package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepWork;
import io.dipper.hwsim.time.schedule.TokenPlan;

/** Tells a listener what a run does; where there is none, nothing is made to be told. */
final class Reporter {
  private final EngineListener listener;
  private final boolean heard;
  private final TokenPlan plan;
  private final Step[] steps;
  private final Clock clock;

  Reporter(EngineListener listener, TokenPlan plan, Clock clock) {
    this.listener = listener;
    this.heard = listener != EngineListener.NONE;
    this.plan = plan;
    this.steps = plan.steps();
    this.clock = clock;
  }

  /** A stretch of a step ends now. */
  void spent(int row, int step, Activity activity, double startPs) {
    if (heard) {
      listener.spent(new Stretch(place(row, step), activity, startPs, clock.nowPs()));
    }
  }

  void demanded(int row, int step, StepWork work, ReadQueue reads) {
    if (heard) {
      Place place = place(row, step);
      listener.demanded(
          new StepDemand(
              place,
              work.selected(),
              work.hits(),
              reads.requestedBytes(),
              reads.requestedReads(),
              clock.nowPs()));
    }
  }

  /** A stretch of a transfer ends now. */
  void transferred(TransferKind kind, int row, int step, double startPs, double bytes) {
    if (heard) {
      Place place = place(row, step);
      listener.transferred(new Transfer(kind, place, startPs, clock.nowPs(), bytes));
    }
  }

  void changed(Gauge gauge, int row, double value) {
    if (heard) {
      listener.changed(gauge, row, value, clock.nowPs());
    }
  }

  private Place place(int row, int step) {
    return new Place(row, plan.layer(step), steps[step].kind());
  }
}
