package io.dipper.hwsim.replay.expert;

import io.dipper.trace.Recording;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The k experts that a layer's router chose most often in the whole trace that is replayed, prompts
 * included; ties by lower index. So it knows of tokens to come what a long calibration would.
 */
final class HotExperts implements LikelyExperts {
  private final int[][] hot;

  HotExperts(Recording recording) {
    int k = recording.model().getExpertsPerToken();
    this.hot =
        Arrays.stream(ExpertUse.of(recording)).map(uses -> most(uses, k)).toArray(int[][]::new);
  }

  private static int[] most(long[] uses, int k) {
    return IntStream.range(0, uses.length)
        .boxed()
        .sorted(Comparator.comparingLong(expert -> -uses[expert]))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public int[] of(int layer, int token) {
    return hot[layer];
  }
}
