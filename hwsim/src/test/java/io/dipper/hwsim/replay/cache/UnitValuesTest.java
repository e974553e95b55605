package io.dipper.hwsim.replay.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.select.Scores;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The loops over values, scalar and on the Vector API, against loops with sets and sorting. */
class UnitValuesTest {
  /** Values of units, up to {@code most} above {@code least}, and a set of them. */
  record Case(int n, int least, int most, double share, long seed) {
    int[] values() {
      return new Random(seed).ints(n, least, Math.addExact(least, most) + 1).toArray();
    }

    UnitSet set() {
      Random random = new Random(~seed);
      UnitSet set = new UnitSet(n);
      for (int i = 0; i < n; i++) {
        if (random.nextDouble() < share) {
          set.add(i);
        }
      }
      return set;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Integer> sizes = Arbitraries.oneOf(List.of(Scores.sizes(), Arbitraries.just(704)));
    return Combinators.combine(
            sizes,
            Arbitraries.of(0, 1, 2047, 2048, 300_000, 1 << 30),
            Arbitraries.of(0, 1, 3, 100, 5000, 1 << 29),
            Arbitraries.of(0.05, 0.5, 1.0),
            Arbitraries.longs())
        .as(Case::new);
  }

  private static List<UnitValues> all() {
    return List.of(new ScalarUnitValues(), new VectorUnitValues());
  }

  @Property
  void removeLeast_takesWhatSortingTakes_tokenAfterToken(
      @ForAll("cases") Case first, @ForAll("cases") Case second) {
    for (UnitValues loops : all()) {
      for (Case c : List.of(first, second, first)) {
        UnitSet set = c.set();
        int members = set.cardinality();
        for (int n : new int[] {1, members / 3, members / 2, members - 1}) {
          if (n > 0 && n < members) {
            UnitSet left = c.set();
            loops.removeLeast(n, c.values(), left);
            assertThat(NaiveTopK.members(left)).isEqualTo(leave(n, c.values(), set));
          }
        }
      }
    }
  }

  private static Set<Integer> leave(int n, int[] values, UnitSet set) {
    List<Integer> order = new ArrayList<>(NaiveTopK.members(set));
    order.sort(Comparator.<Integer>comparingInt(unit -> values[unit]).thenComparing(unit -> unit));
    return new TreeSet<>(order.subList(n, order.size()));
  }

  @Property
  void countAndPut_changeTheMembersAlone(@ForAll("cases") Case c) {
    UnitSet set = c.set();
    for (UnitValues loops : all()) {
      int[] counted = c.values();
      int[] put = c.values();
      loops.count(counted, set);
      loops.put(put, set, 77);
      int[] values = c.values();
      for (int i = 0; i < c.n(); i++) {
        assertThat(counted[i]).isEqualTo(values[i] + (set.contains(i) ? 1 : 0));
        assertThat(put[i]).isEqualTo(set.contains(i) ? 77 : values[i]);
      }
    }
  }
}
