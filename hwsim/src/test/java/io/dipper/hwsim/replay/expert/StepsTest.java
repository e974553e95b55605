package io.dipper.hwsim.replay.expert;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.expert.Steps.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which passes the sequences of a recording take. */
class StepsTest {
  @Test
  void prompt_isOneStep_andTheOtherTokensFollowOneByOne() {
    assertThat(Steps.of(new int[] {4, 2}, List.of(2, 0)).all())
        .containsExactly(
            new Step(true, 0, 2, false),
            new Step(false, 2, 1, true),
            new Step(false, 3, 1, true),
            new Step(true, 4, 1, true),
            new Step(false, 5, 1, true));
  }

  /** The first 6 tokens of a recording whose second sequence began with a prompt of 5. */
  @Test
  void promptThatGoesBeyondARecordingsBeginning_endsWithIt() {
    assertThat(Steps.of(new int[] {2, 4}, List.of(1, 5, 3)).all())
        .containsExactly(
            new Step(true, 0, 1, false), new Step(false, 1, 1, true), new Step(true, 2, 4, false));
  }
}
