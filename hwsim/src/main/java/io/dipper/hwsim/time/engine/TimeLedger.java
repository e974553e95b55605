package io.dipper.hwsim.time.engine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where time went: seconds by {@link Activity}, each moment in one of them. The sum is the elapsed
 * time.
 *
 * @param flash waiting for Flash
 * @param dram reading DRAM
 * @param compute arithmetic after its operands were read
 * @param host what the host does beside arithmetic
 * @param idle nothing that the model knows of
 */
public record TimeLedger(double flash, double dram, double compute, Host host, double idle) {
  /** What the host does beside arithmetic: it handles units, and launches kernels. */
  public record Host(double select, double gather, double admit, double launch) {
    /** Nothing. */
    public static final Host NONE = new Host(0, 0, 0, 0);

    double total() {
      return select + gather + admit + launch;
    }
  }

  /** The elapsed time. */
  public double total() {
    return flash + dram + compute + host.total() + idle;
  }

  /** The seconds of one activity. */
  public double of(Activity activity) {
    return switch (activity) {
      case FLASH -> flash;
      case DRAM -> dram;
      case COMPUTE -> compute;
      case SELECT -> host.select;
      case GATHER -> host.gather;
      case ADMIT -> host.admit;
      case LAUNCH -> host.launch;
      case IDLE -> idle;
    };
  }

  /** Seconds by the name of the activity, in lower case. */
  public Map<String, Double> byKey() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Activity activity : Activity.values()) {
      seconds.put(activity.name().toLowerCase(Locale.ROOT), of(activity));
    }
    return seconds;
  }
}
