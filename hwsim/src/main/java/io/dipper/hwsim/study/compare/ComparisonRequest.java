package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.execute.WarmUp;
import io.dipper.hwsim.study.result.ExecutionRow.Conditions;
import io.dipper.proto.Flash;
import java.nio.file.Path;

/**
 * How the points of a grid are executed.
 *
 * @param file that their weights are written into; it is removed at the end
 * @param rounds in each of which every point is executed once
 * @param conditions tokens at most, and threads that multiply
 * @param warmUp what is run of each point before the first time is taken
 */
public record ComparisonRequest(Path file, int rounds, Conditions conditions, WarmUp warmUp) {
  /** This with so many tokens. */
  ComparisonRequest ofTokens(int tokens) {
    return new ComparisonRequest(
        file, rounds, new Conditions(tokens, conditions.threads()), warmUp);
  }

  /** How a point is executed, after what does not count. */
  ExecutionRequest execution(Flash flash, WarmUp before) {
    return new ExecutionRequest(
        file, false, conditions.threads(), ExecutionRequest.lanes(flash), before);
  }
}
