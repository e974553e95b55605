package io.dipper.tracegen.format.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
  @Test
  void byMagnitude_theSmallestOfAMatrixGo_ofEqualsTheFirst() {
    assertThat(pruned("magnitude:0.5", 3, -1, 2, -2, 2, -4, 0, 5))
        .containsExactly(3, 0, 0, 0, 2, -4, 0, 5);
    assertThat(pruned("magnitude:0.25", 3, -1, 2, 0)).containsExactly(3, -1, 2, 0);
  }

  @Test
  void ofEachFour_theTwoLargestStay_ofEqualsTheFirst() {
    assertThat(pruned("2:4", 3, -1, 2, -4, 1, 1, 1, 1, 0, 0, 5, 0))
        .containsExactly(3, 0, 0, -4, 1, 1, 0, 0, 0, 0, 5, 0);
    assertThat(pruned("1:2", 3, -1, 2, -4)).containsExactly(3, 0, 0, -4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half", "magnitude:1.5", "magnitude:0", "4:2", "0:4", "2:6", "16:64"})
  void whatIsNoPruning_isRefused(String text) {
    assertThatThrownBy(() -> Pruning.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--prune " + text + ": use magnitude:SHARE");
  }

  private static float[] pruned(String how, float... weights) {
    Pruning.parse(how).apply(weights);
    return weights;
  }
}
