package io.dipper.hwsim.cache;

import io.dipper.hwsim.mask.UnitSet;

/** Admits the missed units of lowest index. */
final class LowestIndexOverflow implements OverflowRule {
  @Override
  public void keep(int n, UnitSet missed, float[] scores) {
    long[] words = missed.words();
    int rest = n;
    for (int w = 0; w < words.length; w++) {
      while (Long.bitCount(words[w]) > rest) {
        words[w] &= ~Long.highestOneBit(words[w]);
      }
      rest -= Long.bitCount(words[w]);
    }
  }
}
