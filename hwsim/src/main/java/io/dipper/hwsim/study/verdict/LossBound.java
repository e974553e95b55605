package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * How much perplexity a mask may lose, and still be called a win.
 *
 * @param most perplexity over the dense run's; infinite for any
 */
public record LossBound(double most) {
  /** Any loss: for a reader who wants to see speeds alone. */
  public static final LossBound ANY = new LossBound(Double.POSITIVE_INFINITY);

  /** What a reader may choose among. */
  public static final List<LossBound> CHOICES =
      DoubleStream.concat(
              DoubleStream.of(0.1, 0.2, 0.5, 1, 2, 5), DoubleStream.of(Double.POSITIVE_INFINITY))
          .mapToObj(LossBound::new)
          .toList();

  /** A choice, which every verdict states as the loss that it leads to. */
  private static final double USUAL_SHARE = 0.05;

  /** What is known of a point beside the bound. */
  public enum Standing {
    KEEPS,
    EXCEEDS,
    UNKNOWN
  }

  /**
   * The bound where nobody chose one: the largest choice that is at most 5 % of the dense
   * perplexity, or the least choice; any where the dense perplexity is unknown.
   */
  public static LossBound usual(List<PointRow> points) {
    OptionalDouble dense =
        points.stream()
            .map(row -> row.quality().perplexityDense())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .findFirst();
    if (dense.isEmpty()) {
      return ANY;
    }
    double limit = USUAL_SHARE * dense.getAsDouble();
    return CHOICES.stream()
        .filter(choice -> choice.most <= limit)
        .reduce((less, more) -> more)
        .orElse(CHOICES.get(0));
  }

  /** Whether it bounds at all. */
  public boolean isBound() {
    return Double.isFinite(most);
  }

  /** By the loss that a live run measured, else by the one that a quality model predicts. */
  public Standing of(PointRow row) {
    if (PointQuality.loss(row).isEmpty() && PointQuality.predictedLoss(row).isEmpty()) {
      return Standing.UNKNOWN;
    }
    return PointQuality.knownLoss(row) <= most ? Standing.KEEPS : Standing.EXCEEDS;
  }

  /** Less is better; where any loss is allowed, all are alike. */
  int rank(PointRow row) {
    return !isBound()
        ? 0
        : switch (of(row)) {
          case KEEPS -> 0;
          case UNKNOWN -> 1;
          case EXCEEDS -> 2;
        };
  }

  /** As it is written, e.g. {@code +0.5}, or {@code any}. */
  @Override
  public String toString() {
    if (!isBound()) {
      return "any";
    }
    return most == Math.rint(most)
        ? String.format(Locale.ROOT, "+%.0f", most)
        : String.format(Locale.ROOT, "+%s", most);
  }
}
