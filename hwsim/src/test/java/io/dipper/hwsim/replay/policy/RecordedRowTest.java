package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.Scores;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every selector selects the same of a recorded row as of its decoded values. */
class RecordedRowTest {
  /** A token; {@code bits} says how many low bits of a magnitude differ, so that ties are many. */
  record Case(int n, int bits, double gamma, boolean warmUp, int k, long seed) {
    short[] recorded() {
      short[] out = new short[n];
      Random random = new Random(seed);
      int base = random.nextInt(2) * 0x3000;
      for (int i = 0; i < n; i++) {
        out[i] = (short) (base + random.nextInt(1 << bits) | random.nextInt(2) << 15);
      }
      return out;
    }

    CacheView cache() {
      Random random = new Random(~seed);
      UnitSet cached = new UnitSet(n);
      for (int i = 0; i < n; i++) {
        if (random.nextBoolean()) {
          cached.add(i);
        }
      }
      return new CacheAwareSelectorsTest.State(cached, random.ints(n, 0, 5).toArray());
    }

    List<ScoreSelector> selectors() {
      Gamma factor = new Gamma(gamma, warmUp);
      return List.of(
          new TopKSelector(k, n),
          new CacheAwareSelector(factor, k, 0, n),
          new CacheAwareSelector(factor, k, k / 3, n),
          new BlendSelector(factor, k, k / 3, n),
          new ApproximateSelector(0, k / 2, k, Math.min(n, k + 9), n),
          new ApproximateSelector(0.3, k / 2, k, Math.min(n, k + 9), n),
          new ThresholdSelector(Fp16.decode((short) (k * 37)), n),
          new ThresholdSelector(0.1f, n));
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Scores.sizes()
        .flatMap(
            n ->
                Combinators.combine(
                        Arbitraries.of(0, 2, 6, 10, 14),
                        Arbitraries.of(0.0, 1e-7, 0.1, 0.2, 0.5, 1.0),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, n),
                        Arbitraries.longs())
                    .as((bits, gamma, warm, k, seed) -> new Case(n, bits, gamma, warm, k, seed)));
  }

  @Property(tries = 300)
  void keysAndValues_selectTheSame(@ForAll("cases") Case c) {
    RecordedRow row = OneRow.of(c.recorded());
    List<ScoreSelector> selectors = c.selectors();
    for (int position : new int[] {0, 1, 7, 30, 500}) {
      for (ScoreSelector selector : selectors) {
        UnitSet byKeys = new UnitSet(c.n());
        UnitSet byValues = new UnitSet(c.n());
        selector.select(row, position, c.cache(), byKeys);
        selector.select(row.values(), position, c.cache(), byValues);
        assertThat(byKeys.words()).as("%s", selector.getClass()).isEqualTo(byValues.words());
      }
    }
  }

  @Property(tries = 50)
  void aRow_isDecodedAnewAfterEachRead(@ForAll("cases") Case first, @ForAll long seed) {
    Case second = new Case(first.n(), 14, 0, false, 0, seed);
    RecordedRow row = new RecordedRow(first.n());
    for (Case c : List.of(first, second)) {
      short[] bits = c.recorded();
      row.read(new OneRow(bits), 0);
      for (int i = 0; i < c.n(); i++) {
        assertThat(row.values()[i]).isEqualTo(Fp16.decode(bits[i]));
        assertThat(row.keys()[i]).isEqualTo((short) (bits[i] & 0x7fff));
      }
    }
  }
}
