package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import java.util.Optional;

/**
 * Points with a mask that begin with empty caches, while the dense ones that they are held against
 * begin with what their prompt left.
 */
public final class ColdMasks {
  private static final String COLD = "cold";

  private ColdMasks() {}

  /** What is to be said of a sweep's, in one line; empty where there are none. */
  public static Optional<String> summary(SweptPoints sweep) {
    long cold =
        sweep.rows().stream()
            .filter(row -> row.isMasked() && beginsCold(row) && sweep.dense(row).isPresent())
            .count();
    return cold == 0
        ? Optional.empty()
        : Optional.of(
            cold
                + (cold == 1 ? " point with a mask begins" : " points with masks begin")
                + " with empty caches after the prompt, dense ones with what it left there;"
                + " cache_start: prompted lets both begin alike");
  }

  /**
   * Whether caches are said to be empty after a prompt. A dense point does not heed that; one of a
   * model with experts does, whatever its policy.
   */
  private static boolean beginsCold(PointRow row) {
    return row.demand().experts().lookups() == null
        && row.setup().value(PointSettings.PROMPT_LENGTH) instanceof Number prompt
        && prompt.longValue() > 0
        && row.setup().name(PointSettings.CACHE_START).equals(COLD);
  }
}
