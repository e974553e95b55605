package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * The masks of a whole sequence, kept by unit: a row of bits per unit, one bit per token, so that a
 * unit's next use is its next set bit.
 */
public final class RecordedUses implements FutureUses {
  private final int units;
  private final int wordsPerUnit;
  private final long[] bits;
  private int tokens;

  /**
   * @param units the number N of units
   * @param longest tokens of the longest sequence
   */
  public RecordedUses(int units, int longest) {
    this.units = units;
    this.wordsPerUnit = (longest + 63) >>> 6;
    this.bits = new long[Math.multiplyExact(units, wordsPerUnit)];
  }

  /** Begins a new sequence without masks. */
  public void clear() {
    Arrays.fill(bits, 0);
    tokens = 0;
  }

  /** Appends the mask of the sequence's next token. */
  public void append(UnitSet mask) {
    long bit = 1L << tokens;
    int word = tokens >>> 6;
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      bits[unit * wordsPerUnit + word] |= bit;
    }
    tokens++;
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public int nextUse(int unit, int token) {
    int from = token + 1;
    if (unit >= units || from >= tokens) {
      return tokens;
    }
    int w = from >>> 6;
    long word = bits[unit * wordsPerUnit + w] & -1L << from;
    while (word == 0) {
      if (++w == wordsPerUnit) {
        return tokens;
      }
      word = bits[unit * wordsPerUnit + w];
    }
    return (w << 6) + Long.numberOfTrailingZeros(word);
  }
}
