package io.dipper.hwsim.replay.select;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Top-k as the method states it: sort by score, ties to the lowest index, take the first k. */
public final class NaiveTopK {
  private NaiveTopK() {}

  /** The k units of largest score, of those allowed, in descending order. */
  public static int[] order(float[] scores, IntPredicate allowed, int k) {
    return IntStream.range(0, scores.length)
        .filter(allowed)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i))
        .limit(k)
        .mapToInt(i -> i)
        .toArray();
  }

  /** The k units of largest score, as a set. */
  public static TreeSet<Integer> of(float[] scores, int k) {
    TreeSet<Integer> set = new TreeSet<>();
    for (int i : order(scores, i -> true, k)) {
      set.add(i);
    }
    return set;
  }

  /** The members of a unit set. */
  public static TreeSet<Integer> members(UnitSet set) {
    TreeSet<Integer> members = new TreeSet<>();
    for (int i = set.next(0); i >= 0; i = set.next(i + 1)) {
      members.add(i);
    }
    return members;
  }

  /** The magnitudes of scores. */
  public static float[] magnitudes(float[] scores) {
    float[] magnitudes = scores.clone();
    for (int i = 0; i < scores.length; i++) {
      magnitudes[i] = Math.abs(scores[i]);
    }
    return magnitudes;
  }
}
