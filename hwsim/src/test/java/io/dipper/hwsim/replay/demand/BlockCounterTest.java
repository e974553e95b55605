package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockCounterTest {
  @Test
  void aBlock_isReadWhole_whereAnyOfItsUnitsIsMissed() {
    // Blocks of 32 of 128 units: 0 and 31 lie in the first, 96 in the fourth.
    assertThat(count(of(128, 0, 31, 96), of(128), 32, 0)).containsExactly(64, 2);
    assertThat(count(of(128, 31, 32), of(128), 32, 0)).containsExactly(64, 1);
    assertThat(count(of(128, 31, 32), of(128, 32), 32, 0)).containsExactly(32, 1);
    assertThat(count(of(128, 5), of(128, 5), 32, 0)).containsExactly(0, 0);
  }

  @Test
  void aGapBetweenBlocks_isReadOverUpToItsLimit() {
    assertThat(count(of(128, 0, 127), of(128), 32, 63)).containsExactly(64, 2);
    assertThat(count(of(128, 0, 127), of(128), 32, 64)).containsExactly(128, 1);
  }

  @Test
  void halfOfTheUnitsAtRandom_saveNoBlockOf32() {
    Random random = new Random(1);
    UnitSet half = new UnitSet(4096);
    for (int unit = 0; unit < half.size(); unit++) {
      if (random.nextBoolean()) {
        half.add(unit);
      }
    }
    assertThat(count(half, of(4096), 32, 0)).containsExactly(4096, 1);
  }

  @Property
  void counts_areThoseOfALoopOverBlocks(
      @ForAll @IntRange(min = 1, max = 40) int blocks,
      @ForAll @IntRange(min = 1, max = 33) int length,
      @ForAll @IntRange(min = 0, max = 100) int percent,
      @ForAll @IntRange(min = 0, max = 70) int gap,
      @ForAll int seed) {
    Random random = new Random(seed);
    UnitSet wanted = new UnitSet(blocks * length);
    UnitSet present = new UnitSet(blocks * length);
    for (int unit = 0; unit < wanted.size(); unit++) {
      if (random.nextInt(100) < percent) {
        wanted.add(unit);
      }
      if (random.nextInt(100) < 30) {
        present.add(unit);
      }
    }
    assertThat(count(wanted, present, length, gap))
        .containsExactly(naive(wanted, present, length, gap));
  }

  /** Blocks of one unit are units. */
  @Property
  void blocksOfOneUnit_areReadAsUnitsAre(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 0, max = 70) int gap,
      @ForAll int seed) {
    Random random = new Random(seed);
    UnitSet wanted = new UnitSet(size);
    for (int unit = 0; unit < size; unit++) {
      if (random.nextInt(3) == 0) {
        wanted.add(unit);
      }
    }
    RunCounter units = new RunCounter(size, null, gap);
    units.count(wanted, new UnitSet(size));
    assertThat(count(wanted, new UnitSet(size), 1, gap))
        .containsExactly(wanted.cardinality() + units.overread(), units.runs());
  }

  /** Marks every block with a missed unit, then what lies in short gaps between such blocks. */
  private static int[] naive(UnitSet wanted, UnitSet present, int length, int gap) {
    boolean[] read = new boolean[wanted.size()];
    for (int unit = 0; unit < read.length; unit++) {
      int first = unit / length * length;
      for (int mate = first; mate < first + length; mate++) {
        read[unit] |= wanted.contains(mate) && !present.contains(mate);
      }
    }
    boolean[] filled = read.clone();
    for (int from = 0; from < read.length; from++) {
      for (int to = from + 1; to < read.length && to - from - 1 <= gap; to++) {
        for (int between = from + 1; read[from] && read[to] && between < to; between++) {
          filled[between] = true;
        }
      }
    }
    int units = 0;
    int runs = 0;
    for (int unit = 0; unit < filled.length; unit++) {
      units += filled[unit] ? 1 : 0;
      runs += filled[unit] && (unit == 0 || !filled[unit - 1]) ? 1 : 0;
    }
    return new int[] {units, runs};
  }

  private static int[] count(UnitSet wanted, UnitSet present, int length, int gap) {
    BlockCounter counter = new BlockCounter(wanted.size(), new BlockRules(length, gap));
    counter.count(wanted, present);
    return new int[] {counter.units(), counter.runs()};
  }

  private static UnitSet of(int size, int... units) {
    UnitSet set = new UnitSet(size);
    for (int unit : units) {
      set.add(unit);
    }
    return set;
  }
}
