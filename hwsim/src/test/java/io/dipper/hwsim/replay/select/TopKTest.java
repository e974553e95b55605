package io.dipper.hwsim.replay.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Selection against sorting. */
class TopKTest {
  /** One selection: scores, how many, and which units may take part. */
  record Case(float[] scores, int k, long allowedSeed) {}

  @Provide
  Arbitrary<Case> cases() {
    return Scores.sizes()
        .flatMap(
            n ->
                Combinators.combine(
                        Scores.row(n),
                        Arbitraries.integers().between(0, n + 2),
                        Arbitraries.longs())
                    .as(Case::new));
  }

  @Property
  void select_takesWhatSortingTakes(@ForAll("cases") Case c) {
    float[] magnitudes = NaiveTopK.magnitudes(c.scores());
    UnitSet out = new UnitSet(c.scores().length);
    out.fill();

    new TopK(c.scores().length).select(keys(c.scores()), c.k(), out);

    assertThat(NaiveTopK.members(out)).isEqualTo(NaiveTopK.of(magnitudes, c.k()));
  }

  @Property
  void addLargest_addsWhatSortingTheAllowedTakes(@ForAll("cases") Case c) {
    int n = c.scores().length;
    UnitSet allowed = new UnitSet(n);
    for (int i = 0; i < n; i++) {
      if ((c.allowedSeed() >>> (i % 61) & 1) != 0) {
        allowed.add(i);
      }
    }
    UnitSet out = new UnitSet(n);
    out.add(0);

    new TopK(n).addLargest(keys(c.scores()), allowed, c.k(), out);

    TreeSet<Integer> expected = new TreeSet<>();
    expected.add(0);
    float[] magnitudes = NaiveTopK.magnitudes(c.scores());
    for (int i : NaiveTopK.order(magnitudes, allowed::contains, c.k())) {
      expected.add(i);
    }
    assertThat(NaiveTopK.members(out)).isEqualTo(expected);
  }

  @Test
  void ties_goToTheLowestIndex() {
    UnitSet out = new UnitSet(6);
    new TopK(6).select(keys(new float[] {1, -2, 2, 0, -2, 3}), 3, out);
    assertThat(NaiveTopK.members(out)).containsExactly(1, 2, 5);
  }

  @Test
  void aSelection_leavesNothingBehindForTheNext() {
    TopK topK = new TopK(4);
    UnitSet out = new UnitSet(4);
    topK.select(keys(new float[] {9, 8, 7, 6}), 2, out);
    topK.select(keys(new float[] {0, 0, 0, 1}), 1, out);
    assertThat(NaiveTopK.members(out)).containsExactly(3);
  }

  private static int[] keys(float[] scores) {
    int[] keys = new int[scores.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = TopK.key(scores[i]);
    }
    return keys;
  }
}
