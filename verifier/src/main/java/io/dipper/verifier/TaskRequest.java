package io.dipper.verifier;

import java.nio.file.Path;

/**
 * Items to be asked of points.
 *
 * @param points of which sweep, in which model; the text is not looked at
 * @param file of the items, as JSON lines
 * @param promptMasked whether contexts are computed under the masks too; else dense, as published
 *     accuracies mostly are
 */
public record TaskRequest(VerificationRequest points, Path file, boolean promptMasked) {
  /** How contexts are computed, as {@code tasks.csv} says it. */
  String prompt() {
    return promptMasked ? "masked" : "dense";
  }
}
