package io.dipper.verifier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What answers items, and how many are right. */
class TaskScoresTest {
  /** By length the first item changes its answer: 3 / 2 characters against 4 / 6. */
  @Test
  void theLikeliestChoice_isTheAnswer_andPerCharacterByLength() {
    List<TaskItem> items =
        List.of(
            TaskItem.of("q", List.of(" ab", " abcdef "), 1),
            TaskItem.of("q", List.of(" xy", " zz"), 0));
    TaskScores scores =
        TaskScores.of(items, List.of(new double[] {-3, -4}, new double[] {-0.5, -0.5}));
    assertThat(scores.raw()).containsExactly(false, true);
    assertThat(scores.byLength()).containsExactly(true, true);
  }

  /** A share's error is sqrt(p (1 - p) / (n - 1)); a pair counts only where it differs. */
  @Test
  void standardErrors_areThoseOfSharesAndOfPairs() {
    boolean[] one = new boolean[100];
    boolean[] other = new boolean[100];
    Arrays.fill(one, 0, 60, true);
    Arrays.fill(other, 4, 62, true);
    Accuracy share = Accuracy.of(one);
    assertThat(share.value()).isEqualTo(0.6, within(1e-12));
    assertThat(share.standardError()).isEqualTo(Math.sqrt(0.6 * 0.4 / 99), within(1e-12));
    Accuracy pair = Accuracy.difference(one, other);
    assertThat(pair.value()).isEqualTo(0.02, within(1e-12));
    double variance = (6 - 100 * 0.02 * 0.02) / 99;
    assertThat(pair.standardError()).isEqualTo(Math.sqrt(variance / 100), within(1e-12));
    assertThat(Accuracy.of(new boolean[] {true}).standardError()).isNaN();
  }
}
