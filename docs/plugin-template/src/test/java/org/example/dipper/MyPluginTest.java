package org.example.dipper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.unit.UnitSet;
import org.junit.jupiter.api.Test;

/** Worked examples. */
class MyPluginTest {
  @Test
  void aUnitThatWasLarge_staysSelectedForAWhile() {
    Steady.Selector selector = new Steady.Selector(3, 1, 0.5f);
    UnitCache none = Caches.none(3);
    UnitSet mask = new UnitSet(3);
    selector.select(new float[] {-8, 1, 0}, 0, none, mask);
    assertTrue(mask.contains(0));
    selector.select(new float[] {0, 3, 0}, 1, none, mask); // averages: 2, 1.75, 0
    assertTrue(mask.contains(0));
    selector.select(new float[] {0, 3, 0}, 2, none, mask); // 1, 2.375, 0
    assertTrue(mask.contains(1));
    selector.select(new float[] {0, 0, 1}, 0, none, mask); // another sequence
    assertTrue(mask.contains(2));
    assertEquals(1, mask.cardinality());
  }

  @Test
  void values_areTheTokensAtWhichRunsBegan() {
    OldestRun cache = new OldestRun(3);
    UnitSet cached = new UnitSet(3);
    cache.begin(true);
    cache.observe(of(0, 1), cached);
    cache.observe(of(1, 2), cached);
    cache.observe(of(0, 1), cached);
    assertArrayEquals(new int[] {3, 1, 2}, cache.values());
  }

  private static UnitSet of(int... units) {
    UnitSet set = new UnitSet(3);
    for (int unit : units) {
      set.add(unit);
    }
    return set;
  }
}
