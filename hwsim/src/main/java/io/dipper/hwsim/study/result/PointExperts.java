package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a point of a model with experts asks for; all null where there are none.
 *
 * @param lookups experts that decoded tokens looked up, over all layers
 * @param hits of them that were cached
 * @param misses the others
 * @param promptLookups distinct experts that prompts looked up, each prompt one step
 * @param promptHits of them that were cached
 * @param dropped experts that the router chose for decoded tokens and the policy left out
 * @param droppedWeight the sum of their weights
 * @param oneTokenCycleBytes of the experts that the model's router chooses for a token, in all
 *     layers
 */
public record PointExperts(
    @Nullable Long lookups,
    @Nullable Long hits,
    @Nullable Long misses,
    @Nullable Long promptLookups,
    @Nullable Long promptHits,
    @Nullable Long dropped,
    @Nullable Double droppedWeight,
    @Nullable Double oneTokenCycleBytes) {
  /** Of a model without experts. */
  public static final PointExperts NONE =
      new PointExperts(null, null, null, null, null, null, null, null);
}
