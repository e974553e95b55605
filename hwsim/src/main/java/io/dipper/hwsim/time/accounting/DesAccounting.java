package io.dipper.hwsim.time.accounting;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.hwsim.time.engine.DeviceRun;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;

/** The time of a point by discrete-event simulation of its device; see {@link DeviceRun}. */
public final class DesAccounting implements Accounting {
  private final EngineListener listener;

  public DesAccounting() {
    this(EngineListener.NONE);
  }

  /**
   * @param listener hears what happens, token by token
   */
  public DesAccounting(EngineListener listener) {
    this.listener = listener;
  }

  /**
   * @throws UserException if the point needs more DRAM than the device has
   */
  @Override
  public Timing time(Workload work) {
    HardwareProfile device = work.config().getHardware();
    checkCapacity(device, work.plan());
    DeviceRun run = DeviceRun.of(work, listener);
    double tokens = work.tokens();
    return new Timing(
        run.tokensPerSecond(),
        run.firstToken(),
        run.ledger().perToken(tokens),
        run.reads().perToken(tokens),
        EnergyUse.perToken(device, run, tokens),
        run.utilisation());
  }

  private static void checkCapacity(HardwareProfile profile, MemoryPlan plan) {
    double capacity = profile.getDram().getCapacity().getValue();
    if (profile.getDram().hasCapacity() && plan.dramBytes() > capacity) {
      throw new UserException(
          "the point takes "
              + Units.print(Math.rint(plan.dramBytes() / 1e6) * 1e6, Dimension.BYTES)
              + " of DRAM ("
              + plan.ledger().describe()
              + "), "
              + profile.getName()
              + " has "
              + Units.print(capacity, Dimension.BYTES)
              + "; give it less");
    }
  }
}
