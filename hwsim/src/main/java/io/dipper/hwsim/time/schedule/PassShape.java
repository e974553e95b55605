package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.time.memory.KvSpan;

/**
 * What a pass through the model is, apart from its steps.
 *
 * @param tokens the tokens computed at once for each of a row: 1, or those of a prompt
 * @param entered the positions of the KV cache that its own tokens enter: those of a prompt, each
 *     of which sees only what was there before it
 * @param missedAreRead whether fetched units are read again from DRAM
 * @param tiers where what is resident and cached lies
 */
public record PassShape(int tokens, int entered, boolean missedAreRead, Tiers tiers) {
  static PassShape decode(boolean missedAreRead, Tiers tiers) {
    return new PassShape(1, 0, missedAreRead, tiers);
  }

  /** The pass of a prompt; of one token where there is none. */
  static PassShape prompt(int length, boolean missedAreRead, Tiers tiers) {
    return new PassShape(Math.max(1, length), length, missedAreRead, tiers);
  }

  /**
   * The positions that a token attends to on average.
   *
   * @param positions the length of the KV cache after the pass
   * @param window the most that the layer attends to
   */
  public double attended(double positions, double window) {
    return KvSpan.mean(positions - entered, positions, window);
  }
}
