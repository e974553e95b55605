package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {
  @Test
  void theFirstBatch_isSmall_soThatSomethingIsFinishedSoon() {
    assertThat(new BatchSize().next()).isEqualTo(4);
  }

  @Test
  void cheapDemands_growTheBatch_byDoublingUpToTheLargest() {
    BatchSize size = new BatchSize();
    int[] sizes = new int[5];
    for (int b = 0; b < sizes.length; b++) {
      sizes[b] = size.next();
      size.took(size.next(), 0.01);
    }
    assertThat(sizes).containsExactly(4, 8, 16, 32, 32);
  }

  /** Thirty-two at 1.4 s each would be 45 s that an interruption could take. */
  @Test
  void dearDemands_shrinkTheBatch_toWhatTakesAFewSeconds() {
    BatchSize size = new BatchSize();
    size.took(4, 5.6);
    assertThat(size.next()).isEqualTo(3);
    size.took(3, 60);
    assertThat(size.next()).isEqualTo(1);
    size.took(1, 1);
    assertThat(size.next()).isEqualTo(2);
  }
}
