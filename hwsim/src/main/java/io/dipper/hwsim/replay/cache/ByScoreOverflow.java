package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Admits the missed units of largest score, ties by lowest index. */
final class ByScoreOverflow implements OverflowRule {
  private final TopK topK;
  private final int[] keys;
  private final UnitSet kept;

  ByScoreOverflow(int units) {
    this.topK = new TopK(units);
    this.keys = new int[units];
    this.kept = new UnitSet(units);
  }

  @Override
  public void keep(int n, UnitSet missed, float[] scores) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = TopK.key(scores[i]);
    }
    kept.clear();
    topK.addLargest(keys, missed, n, kept);
    missed.copyFrom(kept);
  }
}
