package io.dipper.hwsim.replay.cache;

/** What is known of a sequence before it is played: when each unit will be selected. */
public interface FutureUses {
  /** The number of tokens of the sequence. */
  int tokens();

  /**
   * The first token after {@code token} that selects the unit; {@code tokens()} where none does,
   * because after the last token everything is used.
   */
  int nextUse(int unit, int token);
}
