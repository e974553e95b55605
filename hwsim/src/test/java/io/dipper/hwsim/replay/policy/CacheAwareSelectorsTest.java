package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.select.Scores;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Selections that look at the cache, against the method's text. */
class CacheAwareSelectorsTest {
  /** A token and what its selection may see. */
  record Case(float[] scores, int position, double gamma, boolean warmUp, int k, long seed) {
    int units() {
      return scores.length;
    }

    State state() {
      Random random = new Random(seed);
      UnitSet cached = new UnitSet(units());
      for (int i = 0; i < units(); i++) {
        if (random.nextInt(3) == 0) {
          cached.add(i);
        }
      }
      return new State(cached, counts());
    }

    int[] counts() {
      return new Random(seed + 1).ints(units(), 0, 4).toArray();
    }

    /** A number from 0 to {@code most}. */
    int upTo(int most) {
      return new Random(~seed).nextInt(most + 1);
    }
  }

  /** What a cache shows of itself. */
  record State(UnitSet cached, int @Nullable [] useCounts) implements CacheView {
    Set<Integer> members() {
      return NaiveTopK.members(cached);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Scores.sizes()
        .flatMap(
            n ->
                Combinators.combine(
                        Scores.row(n),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.of(0.0, 0.1, 0.2, 0.5, 0.999, 1.0),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, n),
                        Arbitraries.longs())
                    .as(Case::new));
  }

  @Property
  void cacheAware_selectsAsTheMethodSays(@ForAll("cases") Case c) {
    int fixed = c.upTo(c.k());
    Gamma gamma = new Gamma(c.gamma(), c.warmUp());
    State state = c.state();

    assertThat(select(new CacheAwareSelector(gamma, c.k(), fixed, c.units()), c, state))
        .isEqualTo(
            NaiveSelectors.cacheAware(
                c.scores(), c.position(), state.members(), c.gamma(), c.warmUp(), fixed, c.k()));
  }

  @Property
  void blend_selectsAsTheMethodSays(@ForAll("cases") Case c) {
    int fixed = c.upTo(c.k());
    Gamma gamma = new Gamma(c.gamma(), c.warmUp());
    State state = c.state();

    assertThat(select(new BlendSelector(gamma, c.k(), fixed, c.units()), c, state))
        .isEqualTo(
            NaiveSelectors.blend(
                c.scores(), c.position(), state.members(), c.gamma(), c.warmUp(), fixed, c.k()));
  }

  @Property
  void approximate_selectsAsTheMethodSays(@ForAll("cases") Case c) {
    int n = c.upTo(c.k());
    int m = c.k() + c.upTo(c.units());
    State state = c.state();

    Set<Integer> mask =
        select(new ApproximateSelector(c.gamma(), n, c.k(), m, c.units()), c, state);

    assertThat(mask).hasSize(c.k());
    assertThat(mask)
        .isEqualTo(
            NaiveSelectors.approximate(
                c.scores(), c.position(), state.members(), c.counts(), c.gamma(), n, c.k(), m));
  }

  @Property
  void gammaOne_isDip(@ForAll("cases") Case c) {
    Set<Integer> mask =
        select(new CacheAwareSelector(new Gamma(1, false), c.k(), 0, c.units()), c, c.state());
    assertThat(mask).isEqualTo(NaiveTopK.of(NaiveTopK.magnitudes(c.scores()), c.k()));
  }

  @Test
  void cacheAware_prefersTheCachedOfTwoUnitsAboutAsLarge() {
    UnitSet cached = new UnitSet(3);
    cached.add(2);
    UnitSet mask = new UnitSet(3);
    ScoreSelector selector = new CacheAwareSelector(new Gamma(0.2, false), 1, 0, 3);

    selector.select(new float[] {1, 4, 1.5f}, 0, new State(cached, null), mask);
    assertThat(NaiveTopK.members(mask)).containsExactly(1);
    selector.select(new float[] {1, 4, 1.5f}, 1, new State(cached, null), mask);
    assertThat(NaiveTopK.members(mask)).containsExactly(2);
  }

  @Test
  void approximate_withUses_needsACacheThatCountsThem() {
    ScoreSelector selector = new ApproximateSelector(0.3, 0, 1, 2, 3);
    State state = new State(new UnitSet(3), null);
    assertThatThrownBy(() -> selector.select(new float[3], 1, state, new UnitSet(3)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("choose lfu");
  }

  private static TreeSet<Integer> select(ScoreSelector selector, Case c, State state) {
    UnitSet mask = new UnitSet(c.units());
    mask.fill();
    selector.select(c.scores(), c.position(), state, mask);
    return NaiveTopK.members(mask);
  }
}
