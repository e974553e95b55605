package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.PageRules.Stretches;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PagedUnitsTest {
  private static final int PAGE = 4096;

  /** 16 units of 1 KiB in two stretches: 4 pages each, windows of 2. */
  @Test
  void aFault_readsItsAlignedWindow() {
    PagedUnits units = units(16, 1024, 2, 2, 100);
    units.play(0, 0, mask(16, 5));
    assertThat(units.faults()).isEqualTo(2);
    assertThat(units.pagesRead()).isEqualTo(4);
    assertThat(units.missed(0).cardinality()).isEqualTo(1);

    // Unit 2 lies in the window, unit 9 in the next one.
    units.play(0, 0, mask(16, 2, 9));
    assertThat(units.faults()).isEqualTo(2);
    assertThat(units.missed(0).contains(2)).isFalse();
    assertThat(units.missed(0).contains(9)).isTrue();
  }

  /** What a fault of the same step brought in came from Flash all the same. */
  @Test
  void readAheadWithinAStep_isNoHit() {
    PagedUnits units = units(16, 1024, 1, 4, 100);
    units.play(0, 0, mask(16, 0, 5, 15));
    assertThat(units.faults()).isEqualTo(1);
    assertThat(units.pagesRead()).isEqualTo(4);
    assertThat(units.missed(0).cardinality()).isEqualTo(3);
  }

  /** A scan of 8 windows faults once: each window is being read when the one before it is used. */
  @Test
  void asynchronousReads_areOneWindowAheadOfAScan() {
    PagedUnits units = ahead(16, PAGE, 2);
    UnitSet all = new UnitSet(16);
    all.fill();
    units.play(0, 0, all);
    assertThat(units.faults()).isEqualTo(1);
    assertThat(units.aheadReads()).isEqualTo(7);
    assertThat(units.pagesRead()).isEqualTo(16);
    assertThat(units.hits()).isEqualTo(15);
    assertThat(units.missed(0).cardinality()).as("all came from Flash").isEqualTo(16);
    units.play(0, 0, all);
    assertThat(units.faults() + units.aheadReads() + units.pagesRead()).isZero();
    assertThat(units.hits()).isEqualTo(16);
  }

  @Test
  void aFaultAlone_readsOneWindowForNothing_andTheLastWindowNone() {
    PagedUnits units = ahead(16, PAGE, 2);
    units.play(0, 0, mask(16, 5));
    assertThat(units.faults()).isEqualTo(1);
    assertThat(units.aheadReads()).isEqualTo(1);
    assertThat(units.pagesRead()).isEqualTo(4);
    // What was read ahead is there for the next step, and its first use reads on.
    units.play(0, 0, mask(16, 6, 7));
    assertThat(units.faults()).isZero();
    assertThat(units.missed(0).cardinality()).isZero();
    assertThat(units.aheadReads()).isEqualTo(1);
    units.play(0, 0, mask(16, 15));
    assertThat(units.faults()).isEqualTo(1);
    assertThat(units.aheadReads()).isZero();
  }

  /** The naive twin, with room for every page: windows by number, in the order of use. */
  @Property(tries = 100)
  void asynchronousReads_areThoseOfALoopOverWindows(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 5) int window,
      @ForAll int seed) {
    PagedUnits units = ahead(n, PAGE, window);
    TreeSet<Integer> present = new TreeSet<>();
    TreeSet<Integer> unused = new TreeSet<>();
    Random random = new Random(seed);
    int last = (n - 1) / window;
    for (int token = 0; token < 10; token++) {
      UnitSet mask = new UnitSet(n);
      int faults = 0;
      int begun = 0;
      for (int unit = 0; unit < n; unit++) {
        if (random.nextInt(3) == 0) {
          mask.add(unit);
          int own = unit / window;
          boolean fault = present.add(own);
          faults += fault ? 1 : 0;
          boolean first = unused.remove(own);
          if ((fault || first) && own < last && present.add(own + 1)) {
            unused.add(own + 1);
            begun++;
          }
        }
      }
      units.play(0, 0, mask);
      assertThat(units.faults()).isEqualTo(faults);
      assertThat(units.aheadReads()).isEqualTo(begun);
      assertThat(units.hits()).isEqualTo(mask.cardinality() - faults);
    }
  }

  private static PagedUnits ahead(int n, double bytes, int window) {
    PageRules rules =
        new PageRules(PAGE, window, 1_000_000, List.of(new Stretches(1, bytes)), true, true);
    return new PagedUnits(rules, 1, new int[] {n});
  }

  @Test
  void aUnitOverTwoPages_needsBoth() {
    PagedUnits units = units(8, 3072, 1, 1, 100);
    units.play(0, 0, mask(8, 0));
    units.play(0, 0, mask(8, 1));
    assertThat(units.faults()).as("its second page").isEqualTo(1);
    assertThat(units.missed(0).contains(1)).isTrue();
    units.play(0, 0, mask(8, 0, 1));
    assertThat(units.faults()).isZero();
    assertThat(units.missed(0).cardinality()).isZero();
  }

  @Test
  void noUnits_readNothing_andNoCapacity_keepsNothing() {
    PagedUnits units = units(16, 1024, 1, 1, 0);
    units.play(0, 0, new UnitSet(16));
    assertThat(units.faults()).isZero();
    for (int token = 0; token < 3; token++) {
      units.play(0, 0, mask(16, 0, 4));
      assertThat(units.pagesRead()).isEqualTo(2);
      assertThat(units.pagesKept()).isZero();
    }
  }

  /** With room for every page, what is missed is what no window before has brought in. */
  @Property(tries = 100)
  void withRoomForAll_eachWindowIsReadOnce(
      @ForAll @IntRange(min = 1, max = 200) int n,
      @ForAll @IntRange(min = 1, max = 9000) int unitBytes,
      @ForAll @IntRange(min = 1, max = 8) int window,
      @ForAll int seed) {
    PagedUnits units = units(n, unitBytes, 1, window, 1_000_000);
    int pages = (int) Math.ceil((double) n * unitBytes / PAGE);
    TreeSet<Integer> present = new TreeSet<>();
    Random random = new Random(seed);
    for (int token = 0; token < 20; token++) {
      UnitSet mask = new UnitSet(n);
      UnitSet missed = new UnitSet(n);
      TreeSet<Integer> windows = new TreeSet<>();
      for (int unit = 0; unit < n; unit++) {
        if (random.nextInt(4) == 0) {
          mask.add(unit);
          for (int b = unit * unitBytes; b < (unit + 1) * unitBytes; b++) {
            if (!present.contains(b / PAGE)) {
              missed.add(unit);
              windows.add(b / PAGE / window);
            }
          }
        }
      }
      units.play(0, 0, mask);
      assertThat(units.missed(0).words()).isEqualTo(missed.words());
      assertThat(units.faults()).isEqualTo(windows.size());
      int read = 0;
      for (int w : windows) {
        for (int p = w * window; p < Math.min(pages, (w + 1) * window); p++) {
          read += present.add(p) ? 1 : 0;
        }
      }
      assertThat(units.pagesRead()).isEqualTo(read);
    }
  }

  private static PagedUnits units(int n, double bytes, int stretches, int window, int capacity) {
    PageRules rules =
        new PageRules(PAGE, window, capacity, List.of(new Stretches(stretches, bytes)));
    return new PagedUnits(rules, 1, new int[] {n});
  }

  private static UnitSet mask(int n, int... units) {
    UnitSet mask = new UnitSet(n);
    for (int unit : units) {
      mask.add(unit);
    }
    return mask;
  }
}
