package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.select.NaiveTopK;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** The cache-aware selections word by word as the method states them, with sets and sorting. */
final class NaiveSelectors {
  private NaiveSelectors() {}

  static double gammaAt(double gamma, boolean warmUp, int t) {
    return warmUp ? 1 - (1 - gamma) * (1 - Math.pow(gamma, t / 4.0)) : gamma;
  }

  static Set<Integer> cacheAware(
      float[] raw, int t, Set<Integer> cached, double gamma, boolean warmUp, int fixed, int k) {
    float[] s = NaiveTopK.magnitudes(raw);
    if (t == 0) {
      return NaiveTopK.of(s, k);
    }
    Set<Integer> top = NaiveTopK.of(s, fixed);
    float factor = (float) gammaAt(gamma, warmUp, t);
    for (int i = 0; i < s.length; i++) {
      if (!cached.contains(i) && !top.contains(i)) {
        s[i] = factor * s[i];
      }
    }
    return NaiveTopK.of(s, k);
  }

  static Set<Integer> blend(
      float[] raw, int t, Set<Integer> cached, double gamma, boolean warmUp, int fixed, int k) {
    float[] s = NaiveTopK.magnitudes(raw);
    if (t == 0) {
      return NaiveTopK.of(s, k);
    }
    Set<Integer> top = NaiveTopK.of(s, fixed);
    double g = gammaAt(gamma, warmUp, t);
    float max = 0;
    for (float value : s) {
      max = Math.max(max, value);
    }
    for (int i = 0; i < s.length; i++) {
      s[i] = max == 0 ? 0 : s[i] / max;
      if (!top.contains(i)) {
        float c = cached.contains(i) ? 1 : 0;
        s[i] = (float) g * s[i] + (float) (1 - g) * c;
      }
    }
    return NaiveTopK.of(s, k);
  }

  static Set<Integer> approximate(
      float[] raw, int t, Set<Integer> cached, int[] counts, double gamma, int n, int k, int m) {
    float[] s = NaiveTopK.magnitudes(raw);
    if (t == 0) {
      return NaiveTopK.of(s, k);
    }
    TreeSet<Integer> mask = NaiveTopK.of(s, n);
    if (gamma > 0) {
      int max = 0;
      for (int count : counts) {
        max = Math.max(max, count);
      }
      for (int i = 0; i < s.length; i++) {
        float z = counts[i] / (max + 1e-7f);
        s[i] = (float) gamma * z + (float) (1 - gamma) * s[i];
      }
    }
    Set<Integer> topK = NaiveTopK.of(s, k);
    Set<Integer> topM = NaiveTopK.of(s, m);
    fill(mask, s, i -> topK.contains(i) && cached.contains(i), k);
    fill(mask, s, i -> topM.contains(i) && cached.contains(i), k);
    fill(mask, s, i -> topK.contains(i) && !cached.contains(i), k);
    return mask;
  }

  private static void fill(Set<Integer> mask, float[] s, IntPredicate from, int k) {
    for (int i : NaiveTopK.order(s, from, s.length)) {
      if (mask.size() < k) {
        mask.add(i);
      }
    }
  }
}
