package io.dipper.hwsim.time.engine;

/**
 * What a pass through the model is, apart from its steps.
 *
 * @param tokens the tokens computed at once: 1, or those of a prompt
 * @param attendedShare the share of the KV cache that a token attends to on average: 1, or half in
 *     a prompt, whose tokens see only those before them
 * @param missedAreRead whether fetched units are read again from DRAM
 */
record PassShape(int tokens, double attendedShare, boolean missedAreRead) {
  static PassShape decode(boolean missedAreRead) {
    return new PassShape(1, 1, missedAreRead);
  }

  static PassShape prompt(int tokens, boolean missedAreRead) {
    return new PassShape(tokens, 0.5, missedAreRead);
  }
}
