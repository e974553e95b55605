package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.study.result.ExecutionRow.Conditions;
import io.dipper.proto.Flash;
import java.nio.file.Path;

/**
 * How the points of a grid are executed.
 *
 * @param file that their weights are written into; it is removed at the end
 * @param rounds in each of which every point is executed once
 * @param conditions tokens at most, and threads that multiply
 * @param warmUp tokens that are run before a point's time is taken for the first time
 */
public record ComparisonRequest(Path file, int rounds, Conditions conditions, int warmUp) {
  /** Tokens that are run before an execution once everything is compiled. */
  private static final int WARM = 4;

  /** This with so many tokens. */
  ComparisonRequest ofTokens(int tokens) {
    return new ComparisonRequest(
        file, rounds, new Conditions(tokens, conditions.threads()), warmUp);
  }

  /** How a point is executed, for the first time in this process or again. */
  ExecutionRequest execution(Flash flash, boolean first) {
    int tokens = first ? warmUp : Math.min(WARM, warmUp);
    return new ExecutionRequest(
        file, false, conditions.threads(), ExecutionRequest.lanes(flash), tokens);
  }
}
