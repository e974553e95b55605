package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.time.engine.DeviceRun;
import io.dipper.proto.Energy;
import io.dipper.proto.HardwareProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * The energy of a token: {@code flash bytes · flash_read + port bytes · dram_access + FLOP ·
 * compute}, with VRAM {@code VRAM bytes · vram_access}, and where the profile has it {@code elapsed
 * time · static_power}. A link between the memories takes none of its own.
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
    List<String> missing = missing(profile);
    if (!missing.isEmpty()) {
      String list = String.join(", ", missing);
      return new EnergyUse(Double.NaN, "nothing: " + profile.getName() + " gives no " + list);
    }
    double joule =
        (run.reads().bytes() * energy.getFlashRead().getValue()
                + run.work().dramBytes() * energy.getDramAccess().getValue()
                + run.work().vramBytes() * energy.getVramAccess().getValue()
                + run.work().flops() * energy.getCompute().getValue())
            / tokens;
    String covers = hasVram(profile) ? "flash+dram+vram+compute" : "flash+dram+compute";
    if (!energy.hasStaticPower()) {
      return new EnergyUse(joule, covers);
    }
    double seconds = run.ledger().perToken(tokens).total();
    return new EnergyUse(joule + seconds * energy.getStaticPower().getValue(), covers + "+static");
  }

  private static boolean hasVram(HardwareProfile profile) {
    return profile.getVram().getCapacity().getValue() > 0;
  }

  private static List<String> missing(HardwareProfile profile) {
    Energy energy = profile.getEnergy();
    List<String> missing = new ArrayList<>();
    if (!energy.hasFlashRead()) {
      missing.add("energy.flash_read");
    }
    if (!energy.hasDramAccess()) {
      missing.add("energy.dram_access");
    }
    if (hasVram(profile) && !energy.hasVramAccess()) {
      missing.add("energy.vram_access");
    }
    if (!energy.hasCompute()) {
      missing.add("energy.compute");
    }
    return missing;
  }
}
