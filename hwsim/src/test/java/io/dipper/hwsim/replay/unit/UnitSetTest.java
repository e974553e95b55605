package io.dipper.hwsim.replay.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UnitSetTest {
  @Test
  void runs_areBrokenByWhatIsNotInTheSetAndByTheOther() {
    assertThat(of(10, 2, 3, 4, 7).runsOutside(of(10))).isEqualTo(2);
    // 3 is in the other set: 2 | 4 | 7.
    assertThat(of(10, 2, 3, 4, 7).runsOutside(of(10, 3, 5))).isEqualTo(3);
    assertThat(of(10, 2, 3, 4, 7).runsOutside(of(10, 2, 3, 4))).isEqualTo(1);
    assertThat(of(10, 2, 3).runsOutside(of(10, 1, 2, 3))).isZero();
    assertThat(of(10).runsOutside(of(10))).isZero();
  }

  @Test
  void aRunThatCrossesWords_isOne() {
    assertThat(of(130, 62, 63, 64, 65, 128, 129).runsOutside(of(130))).isEqualTo(2);
    assertThat(of(130, 62, 63, 64, 65).runsOutside(of(130, 63))).isEqualTo(2);
    assertThat(of(130, 62, 63, 64, 65).runsOutside(of(130, 64))).isEqualTo(2);
    assertThat(of(130, 63, 65, 127, 129).runsOutside(of(130))).isEqualTo(4);
    UnitSet all = new UnitSet(200);
    all.fill();
    assertThat(all.runsOutside(of(200))).isEqualTo(1);
    assertThat(all.runsOutside(of(200, 0, 64, 199))).isEqualTo(2);
  }

  @Property
  void runs_areThoseOfALoopOverUnits(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 0, max = 100) int percent,
      @ForAll int seed) {
    Random random = new Random(seed);
    UnitSet set = new UnitSet(size);
    UnitSet other = new UnitSet(size);
    BitSet outside = new BitSet(size);
    for (int unit = 0; unit < size; unit++) {
      boolean in = random.nextInt(100) < percent;
      boolean inOther = random.nextInt(100) < 30;
      if (in) {
        set.add(unit);
      }
      if (inOther) {
        other.add(unit);
      }
      outside.set(unit, in && !inOther);
    }
    int runs = 0;
    for (int at = outside.nextSetBit(0); at >= 0; at = outside.nextSetBit(at)) {
      runs++;
      at = outside.nextClearBit(at);
    }
    assertThat(set.runsOutside(other)).isEqualTo(runs);
  }

  private static UnitSet of(int size, int... units) {
    UnitSet set = new UnitSet(size);
    for (int unit : units) {
      set.add(unit);
    }
    return set;
  }
}
