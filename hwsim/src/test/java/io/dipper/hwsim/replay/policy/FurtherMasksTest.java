package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.select.Scores;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.testing.SharedData;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of the literature, each against its definition with sets and sorting. */
class FurtherMasksTest {
  /** A token and how much of it is kept. */
  record Case(float[] scores, double share, int m) {}

  @Provide
  Arbitrary<Case> cases() {
    return Scores.sizes()
        .flatMap(
            n ->
                Combinators.combine(
                        Scores.row(n),
                        Arbitraries.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0),
                        Arbitraries.of(2, 3, 4, 8, 16, 32))
                    .as(Case::new));
  }

  @Property
  void nucleus_isTheFewestUnitsThatHaveTheShare(@ForAll("cases") Case c) {
    float[] magnitudes = NaiveTopK.magnitudes(c.scores());
    int[] order = NaiveTopK.order(magnitudes, i -> true, magnitudes.length);
    double sum = 0;
    for (int i : order) {
      sum += magnitudes[i];
    }
    Set<Integer> expected = new TreeSet<>();
    double kept = 0;
    for (int i : order) {
      if (kept >= c.share() * sum) {
        break;
      }
      kept += magnitudes[i];
      expected.add(i);
    }
    assertThat(mask(new NucleusSelector(c.share(), magnitudes.length), c.scores()))
        .isEqualTo(expected);
  }

  @Property
  void nOfM_isTheTopKOfEveryStretch(@ForAll("cases") Case c) {
    Set<Integer> expected = new TreeSet<>();
    for (int from = 0; from < c.scores().length; from += c.m()) {
      int to = Math.min(from + c.m(), c.scores().length);
      float[] stretch = NaiveTopK.magnitudes(Arrays.copyOfRange(c.scores(), from, to));
      for (int i : NaiveTopK.of(stretch, (int) Math.floor(c.share() * stretch.length))) {
        expected.add(from + i);
      }
    }
    assertThat(mask(new NOfMSelector(c.share(), c.m()), c.scores())).isEqualTo(expected);
  }

  @Test
  void twoOfFour_keepsTheTwoLargestOfFour() {
    float[] scores = {1, -3, 2, 0, 5, 5, 5, 5, -1, 0, 0, 0, 7, 8};
    assertThat(mask(new NOfMSelector(0.5, 4), scores)).containsExactly(1, 2, 4, 5, 8, 9, 13);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.8})
  void chess_keepsTheProductsAboveOneBoundForAllChannels(double keep) {
    try (TraceReader trace = trace()) {
      SiteColumn gate = trace.column(2, Site.GATE);
      SiteColumn up = trace.column(2, Site.UP);
      float[] thresholds = ChannelThresholds.calibrate(gate, up, keep);
      double[] means = means(up);
      float[] products = products(gate, means);
      double bound = products[(int) ((1 - keep) * (products.length - 1))];
      for (int i = 0; i < thresholds.length; i++) {
        assertThat(thresholds[i]).isEqualTo((float) (bound / means[i]));
      }
      assertThat(kept(gate, thresholds) / products.length).isCloseTo(keep, within(1e-3));
    }
  }

  /** Channels that always carry the same weigh the same: then CHESS is CATS. */
  @Test
  void channelsThatWeighTheSame_haveOneThreshold() {
    OneRow scored = new OneRow(halves(1, -2, 3, 4, 5));
    float[] thresholds =
        ChannelThresholds.calibrate(scored, new OneRow(halves(2, -2, 2, 2, -2)), 0.5);
    assertThat(thresholds).containsOnly(3);
    assertThat(mask(new ChannelThresholdSelector(thresholds), new float[] {1, -2, 3, 4, 5}))
        .containsExactly(3, 4);
    assertThat(ChannelThresholds.calibrate(scored, new OneRow(halves(0, 1, 1, 1, 1)), 0.5)[0])
        .isInfinite();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.35, 0.5, 0.7, 1})
  void greedyTeal_keepsTheBlocksDensity_andLosesNoMoreThanUniform(double keep) {
    try (TraceReader trace = trace()) {
      ColumnNorms norms = Objects.requireNonNull(trace.norms());
      for (int layer = 0; layer < 6; layer++) {
        LostEnergy x =
            new LostEnergy(
                trace.column(layer, Site.X),
                SquaredNorms.of(norms, layer, Set.of(Matrix.UP, Matrix.GATE)));
        LostEnergy h =
            new LostEnergy(
                trace.column(layer, Site.GLU), SquaredNorms.of(norms, layer, Set.of(Matrix.DOWN)));
        Densities split = GreedyAllocation.of(keep, x, h);
        assertThat((2 * split.x() + split.h()) / 3).isCloseTo(keep, within(1e-9));
        assertThat(2 * x.below(split.x()) + h.below(split.h()))
            .isLessThanOrEqualTo(2 * x.below(keep) + h.below(keep) + 1e-12);
      }
    }
  }

  /** By sorting all values of a layer. */
  @Test
  void lostEnergy_isThatOfTheSmallestMagnitudes() {
    try (TraceReader trace = trace()) {
      SiteColumn column = trace.column(4, Site.GLU);
      double[] squares =
          SquaredNorms.of(Objects.requireNonNull(trace.norms()), 4, Set.of(Matrix.DOWN));
      double[][] pairs = new double[column.rows() * column.width()][];
      float[] row = new float[column.width()];
      double all = 0;
      for (int t = 0; t < column.rows(); t++) {
        column.read(t, row);
        for (int i = 0; i < row.length; i++) {
          double energy = (double) row[i] * row[i] * squares[i];
          pairs[t * row.length + i] = new double[] {Math.abs(row[i]), energy};
          all += energy;
        }
      }
      Arrays.sort(pairs, (a, b) -> Double.compare(a[0], b[0]));
      double lost = 0;
      for (int i = 0; i < pairs.length * 6 / 10; i++) {
        lost += pairs[i][1];
      }
      assertThat(new LostEnergy(column, squares).below(0.4)).isCloseTo(lost / all, within(1e-6));
    }
  }

  /** A matrix of its own norms: the same count, and other units than the joint mask has. */
  @Test
  void winaAsPublished_masksEachMatrixByItsOwnNorms() {
    try (TraceReader trace = trace()) {
      MaskPolicy policy =
          Policies.create(
              Policies.parse("wina:keep_x=0.25,keep_h=0.5,norm=own"),
              new PolicyContext(trace.model(), trace));
      ColumnNorms norms = Objects.requireNonNull(trace.norms());
      float[][] weights = {norms.up(1), norms.gate(1), norms.down(1)};
      assertThat(policy.groups().stream().map(UnitGroup::covers))
          .containsExactly(Set.of(Matrix.UP), Set.of(Matrix.GATE), Set.of(Matrix.DOWN));
      for (int g = 0; g < 3; g++) {
        UnitGroup group = policy.groups().get(g);
        float[] scores = new float[group.units()];
        trace.column(1, group.scored().site()).read(77, scores);
        float[] weighed = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
          weighed[i] = Math.abs(scores[i] * weights[g][i]);
        }
        assertThat(mask((ScoreSelector) policy.selector(1, group), scores))
            .isEqualTo(NaiveTopK.of(weighed, scores.length / (g < 2 ? 4 : 2)));
      }
    }
  }

  /** Counted by sorting every token. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1})
  void hot_isWhatIsMostOftenAmongTheLargest(double keep) {
    try (TraceReader trace = trace()) {
      SiteColumn column = trace.column(3, Site.GLU);
      float[] times = new float[column.width()];
      float[] row = new float[column.width()];
      int k = (int) Math.floor(keep * times.length);
      for (int t = 0; t < column.rows(); t++) {
        column.read(t, row);
        for (int unit : NaiveTopK.of(NaiveTopK.magnitudes(row), k)) {
          times[unit]++;
        }
      }
      assertThat(NaiveTopK.members(HotMask.mostOften(column, k))).isEqualTo(NaiveTopK.of(times, k));
    }
  }

  private static Set<Integer> mask(ScoreSelector selector, float[] scores) {
    UnitSet mask = new UnitSet(scores.length);
    mask.fill();
    selector.select(scores, 3, Caches.none(scores.length), mask);
    return NaiveTopK.members(mask);
  }

  private static short[] halves(float... values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = io.dipper.trace.Fp16.encode(values[i]);
    }
    return halves;
  }

  private static double[] means(SiteColumn column) {
    double[] means = new double[column.width()];
    float[] row = new float[column.width()];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      for (int i = 0; i < row.length; i++) {
        means[i] += Math.abs(row[i]);
      }
    }
    return Arrays.stream(means).map(sum -> sum / column.rows()).toArray();
  }

  /** In ascending order. */
  private static float[] products(SiteColumn column, double[] means) {
    float[] products = new float[column.rows() * column.width()];
    float[] row = new float[column.width()];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      for (int i = 0; i < row.length; i++) {
        products[t * row.length + i] = (float) (Math.abs(row[i]) * means[i]);
      }
    }
    Arrays.sort(products);
    return products;
  }

  private static double kept(SiteColumn column, float[] thresholds) {
    double kept = 0;
    float[] row = new float[column.width()];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      kept += mask(new ChannelThresholdSelector(thresholds), row).size();
    }
    return kept;
  }

  private static TraceReader trace() {
    return TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));
  }
}
