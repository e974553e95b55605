package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ranks of a router's logits, held to a sort of them. */
class RouterRowTest {
  /** Logits of few distinct values tie often; a row is used again and again, to unequal depths. */
  @Test
  void ranks_areThoseOfAStableSort_howeverDeepTheyAreAsked() {
    SplittableRandom random = new SplittableRandom(1);
    for (int experts : new int[] {1, 4, 16, 77}) {
      int k = Math.min(experts, 6);
      RouterRow row = new RouterRow(experts, k, true);
      for (int token = 0; token < 200; token++) {
        float[] logits = new float[experts];
        for (int e = 0; e < experts; e++) {
          logits[e] = token % 2 == 0 ? random.nextInt(5) - 2 : (float) random.nextDouble();
        }
        int[] sorted =
            IntStream.range(0, experts)
                .boxed()
                .sorted(Comparator.comparing((Integer e) -> -logits[e]))
                .mapToInt(Integer::intValue)
                .toArray();
        row.ofLogits(logits);
        int depth = 1 + random.nextInt(experts);
        for (int rank = 0; rank < depth; rank++) {
          assertThat(row.ranked(rank)).isEqualTo(sorted[rank]);
        }
        double sum = IntStream.range(0, experts).mapToDouble(row::share).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(row.weight(sorted[0])).isEqualTo(1);
      }
    }
  }

  @Test
  void aRowOfChosenExperts_leavesNothingToTheNext() {
    RouterRow row = new RouterRow(3, 2, true);
    row.ofLogits(new float[] {3, 2, 1});
    assertThat(row.ranked(1)).isEqualTo(1);
    row.ofChosen(new int[] {2, 0}, new float[] {0.75f, 0.25f});
    assertThat(row.ranked(0)).isEqualTo(2);
    row.ofLogits(new float[] {3, 1, 2});
    assertThat(IntStream.range(0, 3).map(row::ranked)).containsExactly(0, 2, 1);
  }
}
