package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Admits the missed units of lowest index. */
final class LowestIndexOverflow implements OverflowRule {
  private static long lowest(int n, long word) {
    long others = word;
    for (int i = 0; i < n; i++) {
      others &= others - 1;
    }
    return word & ~others;
  }

  @Override
  public void keep(int n, UnitSet missed, float[] scores) {
    long[] words = missed.words();
    int rest = n;
    for (int w = 0; w < words.length; w++) {
      int here = Long.bitCount(words[w]);
      if (here > rest) {
        words[w] = lowest(rest, words[w]);
      }
      rest -= Math.min(rest, here);
    }
  }
}
