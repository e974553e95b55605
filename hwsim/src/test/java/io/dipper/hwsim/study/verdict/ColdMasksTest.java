package io.dipper.hwsim.study.verdict;

import static io.dipper.hwsim.study.verdict.Swept.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.Row;
import org.junit.jupiter.api.Test;

class ColdMasksTest {
  private static Row point(String id, String policy, String start, long prompt) {
    return row(id, policy, 0.5, 10).with("cache_start", start).with("prompt_length", prompt);
  }

  private static Swept swept(String start, long prompt) {
    return new Swept()
        .with(point("a", "dense", start, prompt))
        .with(point("b", "dip", start, prompt))
        .with(point("c", "glu", start, prompt));
  }

  @Test
  void masksThatBeginColdAfterAPrompt_areTold() {
    assertThat(ColdMasks.summary(swept("cold", 64).points()))
        .hasValue(
            "2 points with masks begin with empty caches after the prompt, dense ones with what it"
                + " left there; cache_start: prompted lets both begin alike");
  }

  @Test
  void whatBeginsAlike_isNotTold() {
    assertThat(ColdMasks.summary(swept("prompted", 64).points())).isEmpty();
    assertThat(ColdMasks.summary(swept("cold", 0).points())).isEmpty();
    assertThat(ColdMasks.summary(new Swept().with(point("b", "dip", "cold", 64)).points()))
        .isEmpty();
  }
}
