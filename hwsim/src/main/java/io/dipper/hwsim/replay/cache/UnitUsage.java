package io.dipper.hwsim.replay.cache;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How often the masks of a policy select each unit of a layer and group in a trace. */
public interface UnitUsage {
  /**
   * The units, the most often selected first, ties by lowest index.
   *
   * @param trace null for the one that is replayed
   * @throws io.dipper.error.UserException if there is no trace, or it cannot be read
   */
  int[] mostUsed(@Nullable Path trace);
}
