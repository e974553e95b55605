package io.dipper.tracegen.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PerplexityTest {
  @Test
  void value_weighsTokensEquallyWhateverTheirBlock() {
    float two = (float) Math.log(2);
    float eight = (float) Math.log(8);
    Perplexity perplexity =
        new Perplexity(List.of(new float[] {two, two, two}, new float[] {eight}));

    // (ln 2 * 3 + ln 8) / 4 = ln 2 * 6 / 4
    assertThat(perplexity.value()).isCloseTo(Math.pow(2, 1.5), within(1e-6));
    assertThat(perplexity.scored()).isEqualTo(4);
    assertThat(perplexity.blockScored(1)).isEqualTo(1);
    assertThat(perplexity.blockSum(1)).isEqualTo(eight);
  }

  @Test
  void value_ofNothingIsNotANumber() {
    assertThat(new Perplexity(List.of()).value()).isNaN();
  }
}
