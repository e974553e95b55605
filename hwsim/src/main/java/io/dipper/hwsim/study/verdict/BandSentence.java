package io.dipper.hwsim.study.verdict;

import io.dipper.config.Digits;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.profile.hardware.ShownErrors;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.result.VerdictRow.Deciding;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.SpeedErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a mask is faster over the ranges of a device, and what to measure to know, in words. */
public final class BandSentence {
  private BandSentence() {}

  /** E.g. {@code faster by 1.10 to 1.70}, without the names of point and device. */
  public static String of(VerdictRow row) {
    String band =
        String.format(
            Locale.ROOT, "%.2f to %.2f", row.speedUp().speedupLow(), row.speedUp().speedupHigh());
    return switch (row.verdict()) {
      case FASTER -> "faster by " + band;
      case SLOWER -> "slower: " + band + " of the speed";
      case AS_FAST -> "as fast, within a per cent";
      case NOT_DECIDED -> "not decided, " + band + ": " + decidedBy(row.deciding());
    };
  }

  /** What a band is over, e.g. {@code over the ranges of 3 numbers of the device}. */
  public static String overRanges(int numbers) {
    return "over the range"
        + (numbers == 1 ? " of 1 number" : "s of " + numbers + " numbers")
        + " of the device";
  }

  /** How far executions were from the simulation, e.g. {@code nine in ten within 8 %}. */
  public static String ofExecutions(SpeedErrors errors) {
    return String.format(
        Locale.ROOT,
        "of %.0f executed points nine in ten were within %.1f %%",
        errors.getPoints(),
        100 * Math.expm1(errors.getNinetieth()));
  }

  /** What is known of a device by executions; empty where nothing is, and could not be. */
  public static String ofExecutions(HardwareProfile device) {
    if (ShownErrors.areMissing(device)) {
      return "No point was executed on it: how far off its speeds are is not known.";
    }
    List<String> kinds = new ArrayList<>();
    if (device.getComparisons().hasDense()) {
      kinds.add("dense: " + ofExecutions(device.getComparisons().getDense()));
    }
    if (device.getComparisons().hasMasked()) {
      kinds.add("masked: " + ofExecutions(device.getComparisons().getMasked()));
    }
    return String.join("; ", kinds);
  }

  private static String decidedBy(Deciding deciding) {
    String name = Objects.requireNonNull(deciding.decidedBy());
    String known =
        "which is "
            + deciding.provenance()
            + ", "
            + text(deciding, deciding.valueLow())
            + " to "
            + text(deciding, deciding.valueHigh());
    return deciding.breakEven() == null
        ? "decided by several numbers together, most of all by " + name + ", " + known
        : "decided by "
            + name
            + ", "
            + known
            + "; break-even at "
            + text(deciding, Digits.three(deciding.breakEven()))
            + ", faster "
            + deciding.fasterOn()
            + " it: measure "
            + name;
  }

  private static String text(Deciding deciding, @Nullable Double value) {
    return Units.print(
        Objects.requireNonNull(value), Dimension.ofBase(Objects.requireNonNull(deciding.unit())));
  }
}
