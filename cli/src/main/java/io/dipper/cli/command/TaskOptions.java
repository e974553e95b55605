package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.verifier.TaskRequest;
import io.dipper.verifier.VerificationRequest;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Multiple-choice items that points are asked. */
final class TaskOptions {
  private enum Prompt {
    DENSE,
    MASKED
  }

  @Option(
      names = "--task",
      paramLabel = "FILE",
      description =
          "Ask multiple-choice items, JSON lines of ARC, HellaSwag, PIQA, WinoGrande, MMLU or your"
              + " own: accuracies in place of perplexities.")
  private @Nullable Path file;

  @Option(
      names = "--task-prompt",
      paramLabel = "HOW",
      description =
          "With --task: dense, so that masks act on answers alone (the default), or masked.")
  private @Nullable Prompt prompt;

  /**
   * Whether items are to be asked.
   *
   * @throws UserException if only how is said
   */
  boolean isGiven() {
    if (file == null && prompt != null) {
      throw new UserException("--task-prompt: of what? Give --task FILE");
    }
    return file != null;
  }

  /** The items, to be asked of points. */
  TaskRequest of(VerificationRequest points) {
    return new TaskRequest(points, Objects.requireNonNull(file), prompt == Prompt.MASKED);
  }
}
