package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointExperts;
import io.dipper.hwsim.study.result.PointRow;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the quality of a point, from a live run down to the energy that masks keep, or
 * the router's weight that is lost.
 */
public final class PointQuality {
  private PointQuality() {}

  /** The perplexity over dense that a live run measured: 0 for dense; empty where none was made. */
  public static OptionalDouble loss(PointRow row) {
    return !row.isMasked() ? OptionalDouble.of(0) : over(row, row.quality().perplexity());
  }

  /** The perplexity over dense that a quality model predicts; empty where there is none. */
  public static OptionalDouble predictedLoss(PointRow row) {
    return over(row, row.quality().perplexityPredicted());
  }

  /** The measured loss, else the predicted one; infinite where neither is known. */
  static double knownLoss(PointRow row) {
    OptionalDouble measured = loss(row);
    return measured.isPresent()
        ? measured.getAsDouble()
        : predictedLoss(row).orElse(Double.POSITIVE_INFINITY);
  }

  private static OptionalDouble over(PointRow row, @Nullable Double perplexity) {
    Double dense = row.quality().perplexityDense();
    return perplexity == null || dense == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(perplexity - dense);
  }

  /**
   * The share of squared magnitude that passes all masks of a layer; empty where no replay told it.
   */
  public static OptionalDouble keptEnergy(PointRow row) {
    Double x = row.demand().energy().retainedEnergyX();
    Double h = row.demand().energy().retainedEnergyH();
    return x == null && h == null ? OptionalDouble.empty() : OptionalDouble.of(one(x) * one(h));
  }

  /**
   * The share of the router's weight that a choice of experts loses, to fewer experts or to others;
   * empty where there are none.
   */
  public static OptionalDouble lostWeight(PointRow row) {
    PointExperts.LeftOut left = row.demand().experts().leftOut();
    Double fewer = left.lostToFewer();
    Double others = left.lostToOthers();
    return fewer == null || others == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(fewer + others);
  }

  private static double one(@Nullable Double share) {
    return share == null ? 1 : share;
  }

  /** In a few words, e.g. {@code loss +0.12} or {@code loss unknown, keeps 97.3% of the energy}. */
  public static String describe(PointRow row) {
    if (loss(row).isPresent()) {
      return String.format(Locale.ROOT, "loss %+.2f", loss(row).getAsDouble());
    }
    if (predictedLoss(row).isPresent()) {
      return String.format(Locale.ROOT, "predicted loss %+.2f", predictedLoss(row).getAsDouble());
    }
    if (lostWeight(row).isPresent()) {
      return String.format(
          Locale.ROOT,
          "loss unknown, %.1f%% of the router's weight is lost",
          100 * lostWeight(row).getAsDouble());
    }
    return keptEnergy(row).isPresent()
        ? String.format(
            Locale.ROOT,
            "loss unknown, keeps %.1f%% of the energy",
            100 * keptEnergy(row).getAsDouble())
        : "loss unknown";
  }
}
