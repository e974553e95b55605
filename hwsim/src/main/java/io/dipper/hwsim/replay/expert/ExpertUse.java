package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.Arrays;

/** How often the routers of a recording chose each expert, prompts included. */
public final class ExpertUse {
  private ExpertUse() {}

  /** Whether a recording says what its routers chose. */
  public static boolean isKnown(Recording recording) {
    return Experts.in(recording.model())
        && (recording.sites().contains(Site.ROUTER) || recording.sites().contains(Site.EXPERTS));
  }

  /**
   * Counts tokens.
   *
   * @return by layer, counted among those that have experts, and expert
   */
  public static long[][] of(Recording recording) {
    RouterRows rows = new RouterRows(recording);
    long[][] uses =
        new long[Experts.layers(recording.model()).length][recording.model().getExperts()];
    int tokens = Arrays.stream(recording.sequenceLengths()).sum();
    for (int layer = 0; layer < uses.length; layer++) {
      for (int token = 0; token < tokens; token++) {
        RouterRow row = rows.read(layer, token);
        for (int rank = 0; rank < row.perToken(); rank++) {
          uses[layer][row.ranked(rank)]++;
        }
      }
    }
    return uses;
  }
}
