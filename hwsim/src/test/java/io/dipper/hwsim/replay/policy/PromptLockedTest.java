package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks that are fixed by the prompt, against the definition with lists and sorting. */
class PromptLockedTest {
  @ParameterizedTest
  @CsvSource({"7, 0, 1", "7, 3, 1", "1, 5, 10", "40, 2, 70", "20, 1, 35", "12, 0, 0"})
  void everyMask_isThatOfTheTokensThatRanDenseBefore(int prompt, int renew, int k) {
    int units = 70;
    Random random = new Random(11);
    PromptLockedSelector selector = new PromptLockedSelector(k, units, prompt, renew);
    UnitSet mask = new UnitSet(units);
    for (int sequence = 0; sequence < 3; sequence++) {
      List<float[]> dense = new ArrayList<>();
      for (int t = 0; t < 30; t++) {
        short[] bits = row(random, units, t);
        float[] values = new float[units];
        Fp16.decode(bits, 0, values, 0, units);
        if (sequence == 1) {
          selector.select(OneRow.of(bits), t, Caches.none(units), mask);
        } else {
          selector.select(values, t, Caches.none(units), mask);
        }
        boolean whole = t < prompt || (renew > 0 && (t + 1 - prompt) % renew == 0);
        if (whole) {
          dense.add(values);
        }
        assertThat(NaiveTopK.members(mask))
            .as("token %d of sequence %d", t, sequence)
            .isEqualTo(whole ? all(units) : largest(dense, k));
      }
    }
  }

  /** A loud token weighs no more than a quiet one. */
  @Test
  void tokens_countByTheirDirectionAlone() {
    PromptLockedSelector selector = new PromptLockedSelector(1, 3, 3, 0);
    UnitSet mask = new UnitSet(3);
    float[][] rows = {{1000, 0, 0}, {0, 0.01f, 0.001f}, {0, -0.01f, 0}, {5, 5, 5}};
    for (int t = 0; t < rows.length; t++) {
      selector.select(rows[t], t, Caches.none(3), mask);
    }
    assertThat(NaiveTopK.members(mask)).containsExactly(1);
  }

  private static short[] row(Random random, int units, int t) {
    short[] bits = new short[units];
    for (int i = 0; i < units; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(10, t % 4 - 2));
      bits[i] = t % 9 == 4 ? 0 : Fp16.encode(value);
    }
    return bits;
  }

  private static Set<Integer> largest(List<float[]> tokens, int k) {
    float[] squares = new float[tokens.get(0).length];
    for (int i = 0; i < squares.length; i++) {
      double sum = 0;
      for (float[] token : tokens) {
        double norm =
            IntStream.range(0, token.length).mapToDouble(j -> token[j]).map(v -> v * v).sum();
        sum += norm == 0 ? 0 : (double) token[i] * token[i] / norm;
      }
      squares[i] = (float) sum;
    }
    return NaiveTopK.of(squares, k);
  }

  private static Set<Integer> all(int units) {
    Set<Integer> all = new TreeSet<>();
    IntStream.range(0, units).forEach(all::add);
    return all;
  }
}
