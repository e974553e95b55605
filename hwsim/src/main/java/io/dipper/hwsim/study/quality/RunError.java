package io.dipper.hwsim.study.quality;

import io.dipper.proto.Quality;
import io.dipper.proto.QualitySample;
import java.util.Locale;

/** What a quality model knows of the error that a live run itself has, in a few words. */
public final class RunError {
  private RunError() {}

  /**
   * The end of a sentence about the model, e.g. {@code a live run's own error is 0.02 √increase}.
   */
  public static String describe(Quality quality) {
    if (quality.getNoise() > 0) {
      return String.format(
          Locale.ROOT, "a live run's own error is %.2g √increase", quality.getNoise());
    }
    boolean oneBlock =
        quality.getSamplesList().stream()
            .mapToDouble(QualitySample::getStandardError)
            .allMatch(Double::isNaN);
    return "a live run's own error is unknown, since "
        + (oneBlock
            ? "one block of text has no spread over blocks"
            : "no increase exceeds its standard error")
        + ": the intervals leave it out and are too narrow";
  }
}
