package io.dipper.hwsim.replay.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.policy.OneRow;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Selection by keys, scalar and on the Vector API, against sorting the float32 scores. */
class KeySelectionTest {
  /** Keys are the magnitudes of recorded values, which are finite. */
  private static final int KEYS = Fp16.FINITE_MAGNITUDES;

  /** One selection; {@code kind} says how the keys are unkind. */
  record Case(int n, String kind, double favouredShare, float factor, int k, long seed) {
    /** The keys with signs, which selections do not look at. */
    short[] bits() {
      short[] bits = keys();
      for (int i = 0; i < n; i += 3) {
        bits[i] |= (short) 0x8000;
      }
      return bits;
    }

    short[] keys() {
      Random random = new Random(seed);
      short[] keys = new short[n];
      for (int i = 0; i < n; i++) {
        keys[i] =
            (short)
                switch (kind) {
                  case "zeros" -> random.nextInt(20) == 0 ? random.nextInt(KEYS) : 0;
                  case "ties" -> 0x3c00 + random.nextInt(3);
                  case "subnormal" -> random.nextInt(1 << 10);
                  case "saturated" -> 0x7bff - random.nextInt(2);
                  case "extremes" -> random.nextInt(2) * (KEYS - 1);
                  case "narrow" -> 0x3400 + random.nextInt(200);
                  default -> random.nextInt(KEYS);
                };
      }
      return keys;
    }

    UnitSet favoured() {
      Random random = new Random(~seed);
      UnitSet favoured = new UnitSet(n);
      for (int i = 0; i < n; i++) {
        if (random.nextDouble() < favouredShare) {
          favoured.add(i);
        }
      }
      return favoured;
    }

    float[] scores(boolean merged) {
      short[] keys = keys();
      UnitSet favoured = favoured();
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) {
        scores[i] = Fp16.decode(keys[i]) * (merged && !favoured.contains(i) ? factor : 1);
      }
      return scores;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Integer> sizes = Arbitraries.oneOf(List.of(Scores.sizes(), Arbitraries.just(704)));
    return sizes.flatMap(
        n ->
            Combinators.combine(
                    Arbitraries.of(
                        "any", "zeros", "ties", "subnormal", "saturated", "extremes", "narrow"),
                    Arbitraries.of(0.0, 0.1, 0.4, 0.5, 0.9, 1.0),
                    Arbitraries.of(0f, 1e-40f, 1e-30f, 1e-6f, 0.1f, 0.2f, 0.5f, 0.999f, 1f),
                    Arbitraries.integers().between(0, n + 2),
                    Arbitraries.longs())
                .as((kind, share, factor, k, seed) -> new Case(n, kind, share, factor, k, seed)));
  }

  private static List<KeySelection> all(int units) {
    return List.of(new RadixSelection(units), new SearchSelection());
  }

  @Property
  void selectingTwoPopulations_takesWhatSortingTheirScoresTakes(@ForAll("cases") Case c) {
    MergedRanks ranks = new MergedRanks(c.factor());
    for (KeySelection selection : all(c.n())) {
      UnitSet out = new UnitSet(c.n());
      out.fill();
      selection.select(c.keys(), c.favoured(), ranks, c.k(), out);
      assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(c.scores(true), c.k()));
    }
  }

  @Property
  void selecting_takesWhatSortingTakes(@ForAll("cases") Case c) {
    for (KeySelection selection : all(c.n())) {
      UnitSet out = new UnitSet(c.n());
      out.fill();
      selection.largest(OneRow.of(c.bits()), c.k(), out);
      assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(c.scores(false), c.k()));
    }
  }

  @Property(tries = 300)
  void oneRow_servesEveryK(@ForAll("cases") Case c) {
    for (KeySelection selection : all(c.n())) {
      RecordedRow row = OneRow.of(c.bits());
      UnitSet out = new UnitSet(c.n());
      for (int k = 0; k <= c.n() + 1; k += 1 + c.n() / 9) {
        selection.largest(row, k, out);
        assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(c.scores(false), k));
      }
      Case other = new Case(c.n(), c.kind(), c.favouredShare(), c.factor(), c.k(), ~c.seed());
      row.read(new OneRow(other.bits()), 0);
      selection.largest(row, c.k(), out);
      assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(other.scores(false), c.k()));
    }
  }

  @Property
  void selectionsOneAfterAnother_areIndependent(
      @ForAll("cases") Case first, @ForAll("cases") Case c) {
    MergedRanks ranks = new MergedRanks(c.factor());
    KeySelection used = new SearchSelection();
    used.select(
        first.keys(),
        first.favoured(),
        new MergedRanks(first.factor()),
        first.k(),
        new UnitSet(first.n()));
    UnitSet out = new UnitSet(c.n());
    used.select(c.keys(), c.favoured(), ranks, c.k(), out);
    assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(c.scores(true), c.k()));
    UnitSet all = new UnitSet(c.n());
    all.fill();
    out.clear();
    used.addLargest(c.keys(), all, c.k(), out);
    assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(c.scores(false), c.k()));
  }

  @Property
  void addLargest_addsWhatSortingTheAllowedTakes(@ForAll("cases") Case c) {
    TreeSet<Integer> expected = new TreeSet<>();
    expected.add(0);
    UnitSet among = c.favoured();
    for (int i : NaiveTopK.order(c.scores(false), among::contains, c.k())) {
      expected.add(i);
    }
    for (KeySelection selection : all(c.n())) {
      UnitSet out = new UnitSet(c.n());
      out.add(0);
      selection.addLargest(c.keys(), among, c.k(), out);
      assertThat(NaiveTopK.members(out)).isEqualTo(expected);
    }
  }

  @Property
  void above_isStrict(@ForAll("cases") Case c) {
    int bound = Math.floorMod(c.seed(), KEYS) - 1;
    short[] keys = c.keys();
    TreeSet<Integer> expected = new TreeSet<>();
    for (int i = 0; i < c.n(); i++) {
      if (keys[i] > bound) {
        expected.add(i);
      }
    }
    for (KeySelection selection : all(c.n())) {
      UnitSet out = new UnitSet(c.n());
      out.fill();
      selection.above(keys, bound, out);
      assertThat(NaiveTopK.members(out)).isEqualTo(expected);
    }
  }

  @Test
  void ranks_orderEveryPairOfScoresAsFloat32Does() {
    for (float factor : new float[] {0, 1e-40f, 1e-6f, 0.2f, 0.7f, 1}) {
      MergedRanks ranks = new MergedRanks(factor);
      Random random = new Random(7);
      for (int i = 0; i < 200_000; i++) {
        int a = random.nextInt(KEYS);
        int b = i % 2 == 0 ? random.nextInt(KEYS) : Math.min(a + i % 7, KEYS - 1);
        float favoured = Fp16.decode((short) a);
        float other = Fp16.decode((short) b) * factor;
        assertThat(Integer.signum(Integer.compare(ranks.of(a, 1), ranks.of(b, 0))))
            .isEqualTo(favoured == other ? 0 : Float.compare(favoured, other));
      }
    }
  }

  @Test
  void bounds_sayWhichKeysAreRankedAtLeastSo() {
    MergedRanks ranks = new MergedRanks(0.2f);
    for (int rank = 0; rank <= ranks.count(); rank += 37) {
      for (int key = 0; key < KEYS; key += 11) {
        assertThat(key > ranks.favouredBound(rank)).isEqualTo(ranks.of(key, 1) >= rank);
        assertThat(key > ranks.otherBound(rank)).isEqualTo(ranks.of(key, 0) >= rank);
      }
    }
  }
}
