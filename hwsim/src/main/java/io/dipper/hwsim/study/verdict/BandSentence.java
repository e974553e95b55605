package io.dipper.hwsim.study.verdict;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.result.VerdictRow.Deciding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a mask is faster over the ranges of a device, and what to measure to know, in words. */
public final class BandSentence {
  private static final MathContext THREE = new MathContext(3);

  private BandSentence() {}

  /** E.g. {@code faster by 1.10 to 1.70}, without the names of point and device. */
  public static String of(VerdictRow row) {
    String band =
        String.format(
            Locale.ROOT, "%.2f to %.2f", row.speedUp().speedupLow(), row.speedUp().speedupHigh());
    if (row.speedUp().verdict().equals(Verdict.FASTER.key())) {
      return "faster by " + band;
    }
    if (row.speedUp().verdict().equals(Verdict.SLOWER.key())) {
      return "slower: " + band + " of the speed";
    }
    return row.speedUp().verdict().equals(Verdict.AS_FAST.key())
        ? "as fast, within a per cent"
        : "not decided, " + band + ": " + decidedBy(row.deciding());
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
            + text(deciding, rounded(deciding.breakEven()))
            + ", faster "
            + deciding.fasterOn()
            + " it: measure "
            + name;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(THREE).doubleValue();
  }

  private static String text(Deciding deciding, @Nullable Double value) {
    return Units.print(
        Objects.requireNonNull(value), Dimension.ofBase(Objects.requireNonNull(deciding.unit())));
  }
}
