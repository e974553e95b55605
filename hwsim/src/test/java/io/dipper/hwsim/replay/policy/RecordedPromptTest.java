package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ReplayMasks;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Prompt-locked masks of a recording against the same in NumPy: of each of its three sequences the
 * first 32 tokens, divided by their norms, column by column the norm in float64, and the 256
 * largest in stable order. Compared are sums over the chosen units j of (j + 1)².
 */
class RecordedPromptTest {
  private static final int PROMPT = 32;
  private static final int LENGTH = 128;

  @ParameterizedTest
  @CsvSource({
    "glu, 0, 23410637, 22913898, 23027338",
    "glu, 2, 22869921, 22125894, 24815084",
    "glu, 5, 22284009, 23968094, 22866208",
    "gate, 0, 23389253, 22594599, 22361784",
    "gate, 2, 23795895, 22071016, 22808275",
    "gate, 5, 22524708, 22941510, 22743882",
    "up, 0, 23324795, 23322390, 22550134",
    "up, 2, 21088907, 20911004, 23261649",
    "up, 5, 23370368, 23253487, 23123886"
  })
  void theMaskOfEveryAnswer_isThatOfTheReference(
      String signal, int layer, long first, long second, long third) {
    try (TraceReader trace = TraceReader.open(SharedData.testdata("golden/bookworm.arrow"))) {
      MaskPolicy policy =
          Policies.create(
              Policies.resolve(
                  Policies.parse("prompt-locked:keep=0.5,prompt=" + PROMPT + ",signal=" + signal)),
              new PolicyContext(trace.model(), null));
      ReplayMasks masks =
          new ReplayMasks(trace, new ReplayPoint(policy, Caches.NONE, new int[1], 0), layer, 0);
      for (long expected : new long[] {first, second, third}) {
        for (int position = 0; position < LENGTH; position++) {
          UnitSet mask = masks.next();
          assertThat(mask.cardinality()).isEqualTo(position < PROMPT ? 512 : 256);
          if (position >= PROMPT) {
            assertThat(sum(mask)).as("token %d", position).isEqualTo(expected);
          }
        }
      }
    }
  }

  private static long sum(UnitSet mask) {
    return IntStream.range(0, mask.size())
        .filter(mask::contains)
        .mapToLong(j -> (j + 1L) * (j + 1))
        .sum();
  }
}
