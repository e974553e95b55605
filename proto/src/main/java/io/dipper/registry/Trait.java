package io.dipper.registry;

/**
 * What is peculiar to a policy or a cache, so that the rules about what goes together can be stated
 * once.
 */
public enum Trait {
  /** Selects every unit: the model as it is. */
  DENSE,
  /** Its masks depend on activations, so that it needs a trace. */
  SCORES_ACTIVATIONS,
  /** Chooses among a layer's experts. */
  CHOOSES_EXPERTS,
  /** Needs the logits of all experts, which a trace of chosen experts lacks. */
  NEEDS_LOGITS,
  /** Can mask the GLU units of a chosen expert as those of a whole MLP. */
  MASKS_EXPERTS,
  /** Its masks may depend on what is cached. */
  LOOKS_AT_CACHE,
  /** Chooses units by another signal than their own values, e.g. one of the layer before. */
  LOOKS_AHEAD,
  /** Must know the masks of a whole sequence beforehand. */
  SEES_FUTURE,
  /** Looks at the scores that units were selected by. */
  LOOKS_AT_SCORES,
  /** Holds pages of a mapped file, not units. */
  PAGED,
  /** Keeps nothing, so that it has no overflow and no admission. */
  KEEPS_NOTHING,
  /** Decides itself what enters, so that it has no overflow and no admission. */
  OWN_ADMISSION,
  /** What it holds never changes, and is chosen by the masks of a trace. */
  PINNED,
  /** What it keeps changes with every token, of units that the token did not select, too. */
  COUNTS_TOKENS,
  /** Needs the norms of the model's weight columns. */
  NEEDS_NORMS,
  /** Is calibrated on a trace. */
  NEEDS_CALIBRATION,
  /**
   * Leaves the prompt dense, and decides by it; its parameter {@code prompt} is the prompt's
   * length.
   */
  LOOKS_AT_PROMPT,
  /** Its masks were recorded, for the tokens of one trace. */
  RECORDED
}
