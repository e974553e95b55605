package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.time.engine.DeviceRun;
import io.dipper.proto.Energy;
import io.dipper.proto.HardwareProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * The energy of a token: {@code flash bytes · flash_read + port bytes · dram_access + FLOP ·
 * compute}, and where the profile has it {@code elapsed time · static_power}.
 *
 * @param joule per token; NaN where a profile lacks one of the first three
 * @param covers what is in it, e.g. {@code flash+dram+compute}, or why there is none
 */
public record EnergyUse(double joule, String covers) {
  /** What is told where the accounting knows of no energy. */
  static final EnergyUse OF_A_CLOSED_FORM =
      new EnergyUse(Double.NaN, "nothing: accounting paper counts no energy");

  static EnergyUse perToken(HardwareProfile profile, DeviceRun run, double tokens) {
    Energy energy = profile.getEnergy();
    List<String> missing = missing(energy);
    if (!missing.isEmpty()) {
      String list = String.join(", ", missing);
      return new EnergyUse(Double.NaN, "nothing: " + profile.getName() + " gives no " + list);
    }
    double joule =
        (run.reads().bytes() * energy.getFlashRead().getValue()
                + run.work().dramBytes() * energy.getDramAccess().getValue()
                + run.work().flops() * energy.getCompute().getValue())
            / tokens;
    if (!energy.hasStaticPower()) {
      return new EnergyUse(joule, "flash+dram+compute");
    }
    double seconds = run.ledger().perToken(tokens).total();
    return new EnergyUse(
        joule + seconds * energy.getStaticPower().getValue(), "flash+dram+compute+static");
  }

  private static List<String> missing(Energy energy) {
    List<String> missing = new ArrayList<>();
    if (!energy.hasFlashRead()) {
      missing.add("energy.flash_read");
    }
    if (!energy.hasDramAccess()) {
      missing.add("energy.dram_access");
    }
    if (!energy.hasCompute()) {
      missing.add("energy.compute");
    }
    return missing;
  }
}
