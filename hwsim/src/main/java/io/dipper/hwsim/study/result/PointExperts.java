package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What a point of a model with experts asks for; all null where there are none.
 *
 * @param lookups experts that decoded tokens looked up, over all layers
 * @param hits of them that were cached
 * @param misses the others
 * @param prompts what prompts ask for
 * @param leftOut what the policy left out
 * @param guesses what was read before routers had spoken
 * @param sizes what caches are held against
 */
public record PointExperts(
    @Nullable Long lookups,
    @Nullable Long hits,
    @Nullable Long misses,
    Prompts prompts,
    LeftOut leftOut,
    Guesses guesses,
    Sizes sizes) {

  /** Of a model without experts. */
  public static final PointExperts NONE =
      new PointExperts(
          null,
          null,
          null,
          new Prompts(null, null),
          new LeftOut(null, null, null, null),
          Guesses.NONE,
          new Sizes(null, null));

  /**
   * What caches of experts are held against.
   *
   * @param oneTokenCycleBytes of the experts that the model's router chooses for a token, in all
   *     layers
   * @param expertCacheBytes that all cached experts may take
   */
  public record Sizes(@Nullable Double oneTokenCycleBytes, @Nullable Double expertCacheBytes) {}

  /**
   * What prompts ask for, each one step.
   *
   * @param promptLookups distinct experts that they looked up
   * @param promptHits of them that were cached
   */
  public record Prompts(@Nullable Long promptLookups, @Nullable Long promptHits) {}

  /**
   * What the router chose for decoded tokens and the policy changed. Lost weight is half of what
   * the weights of a token's experts differ from the router's, in all, as a share of those: the
   * mean over tokens and layers.
   *
   * @param dropped experts that were left out
   * @param droppedWeight the sum of their weights
   * @param lostToFewer lost weight of tokens that take fewer experts than the router chose
   * @param lostToOthers lost weight of the others, which take other experts or more
   */
  public record LeftOut(
      @Nullable Long dropped,
      @Nullable Double droppedWeight,
      @Nullable Double lostToFewer,
      @Nullable Double lostToOthers) {}

  /**
   * What was read before routers had spoken, by decoded tokens; all null where nothing is guessed.
   * A guess names experts of a layer, and those that are not cached are read.
   *
   * @param guessed experts that were read on a guess
   * @param guessedRight of them that the token took
   * @param guessRecall the share of the experts that tokens took which were named, cached or not
   * @param guessPrecision the share of the named experts that tokens took
   */
  public record Guesses(
      @Nullable Long guessed,
      @Nullable Long guessedRight,
      @Nullable Double guessRecall,
      @Nullable Double guessPrecision) {
    /** Where nothing is guessed. */
    public static final Guesses NONE = new Guesses(null, null, null, null);
  }
}
