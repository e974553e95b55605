package io.dipper.hwsim.replay.demand;

import java.util.List;

/**
 * What bounds caches of experts.
 *
 * @param cacheBytes that the experts of all layers may take
 * @param expertBytes of one expert, by layer that has some
 */
public record ExpertBudget(long cacheBytes, List<Long> expertBytes) {
  public ExpertBudget {
    expertBytes = List.copyOf(expertBytes);
  }
}
