package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.SplittableRandom;

/** Admits missed units by chance, every choice being equally likely; the same ones for a seed. */
final class RandomOverflow implements OverflowRule {
  private final SplittableRandom random;

  RandomOverflow(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Selection sampling: each member stays with the chance (places left) / (members left). */
  @Override
  public void keep(int n, UnitSet missed, float[] scores) {
    int places = n;
    int members = missed.cardinality();
    for (int unit = missed.next(0); unit >= 0; unit = missed.next(unit + 1)) {
      if (random.nextInt(members--) < places) {
        places--;
      } else {
        missed.remove(unit);
      }
    }
  }
}
