package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final List<Integer> runs = new ArrayList<>();

  @Test
  void soManyTokens_areRun_fromTheBeginningAgainWhereTheTraceIsShort() {
    WarmUp.of(25).run(10, runs::add);
    assertThat(runs).containsExactly(10, 10, 5);
  }

  @Test
  void none_areNone() {
    WarmUp.of(0).run(10, runs::add);
    assertThat(runs).isEmpty();
  }

  @Test
  void untilNothingIsCompiled_itEnds_andHasRunAShortTraceOftenEnough() {
    WarmUp.untilItIsCompiled()
        .run(
            7,
            tokens -> {
              runs.add(tokens);
              pause();
            });
    assertThat(runs).hasSizeGreaterThan(3).allSatisfy(n -> assertThat(n).isBetween(1, 7));
  }

  /** The first tokens find nothing in a cache, so that what is done with hits is not compiled. */
  @Test
  void untilNothingIsCompiled_moreTokensAreRunEachTime() {
    WarmUp.untilItIsCompiled()
        .run(
            20,
            tokens -> {
              runs.add(tokens);
              pause();
            });
    assertThat(runs).startsWith(4, 4).hasSizeGreaterThan(2);
    for (int i = 2; i < runs.size(); i++) {
      assertThat(runs.get(i)).isEqualTo(Math.min(2 * runs.get(i - 1), 20));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
