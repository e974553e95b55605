package io.dipper.hwsim.profile.fit;

import io.dipper.proto.Flash;
import java.util.List;

/**
 * A Flash fitted to measurements, and how near it comes to them.
 *
 * @param flash what a profile says of it
 * @param residuals one for each measurement, in their order
 */
public record FlashFit(Flash flash, List<Residual> residuals) {
  public FlashFit {
    residuals = List.copyOf(residuals);
  }

  /**
   * A measurement beside what the fitted device does.
   *
   * @param fitted bytes per second
   */
  public record Residual(MeasuredPoint measured, double fitted) {
    /** How much more the fitted device has, relative to the measurement. */
    public double relative() {
      return fitted / measured.throughput() - 1;
    }
  }

  /** The root of the mean square of the relative residuals. */
  public double rootMeanSquare() {
    return Math.sqrt(
        residuals.stream().mapToDouble(r -> r.relative() * r.relative()).average().orElseThrow());
  }

  /** The relative residual that is farthest from 0. */
  public double worst() {
    return residuals.stream()
        .mapToDouble(Residual::relative)
        .reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
  }
}
