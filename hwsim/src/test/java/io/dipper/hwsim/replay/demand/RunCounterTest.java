package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunCounterTest {
  @Test
  void gaps_areReadOverUpToTheirLimit() {
    // Wanted 0 1 . . 4 . 6 . . . 10, of which 1 is present: runs 0 | 4 | 6 | 10, gaps 3, 1 and 3.
    UnitSet wanted = of(12, 0, 1, 4, 6, 10);
    UnitSet present = of(12, 1, 11);
    assertThat(count(wanted, present, null, 0)).containsExactly(4, 0);
    assertThat(count(wanted, present, null, 1)).containsExactly(3, 1);
    assertThat(count(wanted, present, null, 2)).containsExactly(3, 1);
    assertThat(count(wanted, present, null, 3)).containsExactly(1, 7);
    assertThat(count(wanted, present, null, 12)).containsExactly(1, 7);
  }

  @Test
  void nothingBeforeTheFirstAndAfterTheLast_isReadOver() {
    assertThat(count(of(200, 70, 130), of(200), null, 200)).containsExactly(1, 59);
    assertThat(count(of(200, 199), of(200), null, 200)).containsExactly(1, 0);
    assertThat(count(of(200, 0), of(200, 0), null, 200)).containsExactly(0, 0);
    assertThat(count(of(200), of(200), null, 200)).containsExactly(0, 0);
  }

  @Test
  void aGapThatFillsWords_isMeasuredExactly() {
    UnitSet ends = of(300, 63, 256);
    assertThat(count(ends, of(300), null, 191)).containsExactly(2, 0);
    assertThat(count(ends, of(300), null, 192)).containsExactly(1, 192);
    UnitSet all = new UnitSet(256);
    all.fill();
    assertThat(count(all, of(256), null, 3)).containsExactly(1, 0);
    assertThat(count(all, of(256, 64, 127, 128), null, 1)).containsExactly(2, 1);
  }

  @Test
  void units_areAdjacentWhereTheyLie() {
    // Units 0 to 5 lie at 3, 1, 5, 0, 2, 4.
    int[] places = {3, 1, 5, 0, 2, 4};
    assertThat(count(of(6, 0, 4, 5), of(6), places, 0)).containsExactly(1, 0);
    assertThat(count(of(6, 0, 1, 2), of(6), places, 0)).containsExactly(3, 0);
    assertThat(count(of(6, 0, 1, 2), of(6, 0), places, 3)).containsExactly(1, 3);
  }

  @Test
  void aCounter_forgetsTheSetBefore() {
    RunCounter counter = new RunCounter(100, null, 5);
    counter.count(of(100, 1, 5, 90), of(100));
    counter.count(of(100, 7), of(100));
    assertThat(counter.runs()).isOne();
    assertThat(counter.overread()).isZero();
    counter.count(of(100, 7), of(100, 7));
    assertThat(counter.runs()).isZero();
  }

  @Property
  void counts_areThoseOfALoopOverPlaces(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 0, max = 100) int percent,
      @ForAll @IntRange(min = 0, max = 70) int gap,
      @ForAll boolean natural,
      @ForAll int seed) {
    Random random = new Random(seed);
    UnitSet wanted = new UnitSet(size);
    UnitSet present = new UnitSet(size);
    List<Integer> shuffled = new ArrayList<>();
    for (int unit = 0; unit < size; unit++) {
      shuffled.add(unit);
      if (random.nextInt(100) < percent) {
        wanted.add(unit);
      }
      if (random.nextInt(100) < 30) {
        present.add(unit);
      }
    }
    Collections.shuffle(shuffled, random);
    int[] places = natural ? null : shuffled.stream().mapToInt(i -> i).toArray();
    assertThat(count(wanted, present, places, gap))
        .containsExactly(naive(wanted, present, places, gap));
  }

  /** Place by place: a read begins, goes on over what is missing for a while, or ends. */
  private static int[] naive(UnitSet wanted, UnitSet present, int @Nullable [] places, int gap) {
    boolean[] missed = new boolean[wanted.size()];
    for (int unit = 0; unit < missed.length; unit++) {
      missed[places == null ? unit : places[unit]] =
          wanted.contains(unit) && !present.contains(unit);
    }
    int runs = 0;
    int overread = 0;
    int since = Integer.MAX_VALUE;
    for (boolean here : missed) {
      if (here) {
        boolean goesOn = since <= gap;
        runs += goesOn ? 0 : 1;
        overread += goesOn ? since : 0;
        since = 0;
      } else if (since < Integer.MAX_VALUE) {
        since++;
      }
    }
    return new int[] {runs, overread};
  }

  private static int[] count(UnitSet wanted, UnitSet present, int @Nullable [] places, int gap) {
    RunCounter counter = new RunCounter(wanted.size(), places, gap);
    counter.count(wanted, present);
    return new int[] {counter.runs(), counter.overread()};
  }

  private static UnitSet of(int size, int... units) {
    UnitSet set = new UnitSet(size);
    for (int unit : units) {
      set.add(unit);
    }
    return set;
  }
}
