package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Weights that are set to 0 for good, whatever the token: those of small magnitude. */
public sealed interface Pruning {
  /**
   * Prunes a matrix in place.
   *
   * @param weights row-major
   */
  void apply(float[] weights);

  /** Nothing is pruned. */
  record None() implements Pruning {
    @Override
    public void apply(float[] weights) {}
  }

  /**
   * The smallest of a whole matrix.
   *
   * @param share of its weights that go, from 0 to 1; of equal magnitudes those that come first
   */
  record Magnitude(double share) implements Pruning {
    @Override
    public void apply(float[] weights) {
      int gone = (int) Math.round(share * weights.length);
      if (gone == 0) {
        return;
      }
      float[] sorted = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        sorted[i] = Math.abs(weights[i]);
      }
      Arrays.sort(sorted);
      float largest = sorted[gone - 1];
      int equal = gone;
      while (equal > 0 && sorted[equal - 1] == largest) {
        equal--;
      }
      int equalGone = gone - equal;
      for (int i = 0; i < weights.length; i++) {
        float magnitude = Math.abs(weights[i]);
        if (magnitude < largest || (magnitude == largest && equalGone-- > 0)) {
          weights[i] = 0;
        }
      }
    }
  }

  /**
   * The largest {@code n} of each {@code m} consecutive weights along the input stay, of equal
   * magnitudes the first.
   */
  record NOfM(int n, int m) implements Pruning {
    @Override
    public void apply(float[] weights) {
      for (int from = 0; from < weights.length; from += m) {
        while (remaining(weights, from) > n) {
          weights[smallest(weights, from)] = 0;
        }
      }
    }

    private int smallest(float[] weights, int from) {
      int smallest = -1;
      for (int i = from; i < from + m; i++) {
        if (weights[i] != 0
            && (smallest < 0 || Math.abs(weights[i]) <= Math.abs(weights[smallest]))) {
          smallest = i;
        }
      }
      return smallest;
    }

    private int remaining(float[] weights, int from) {
      int count = 0;
      for (int i = from; i < from + m; i++) {
        count += weights[i] != 0 ? 1 : 0;
      }
      return count;
    }
  }

  /**
   * Reads {@code magnitude:0.5} or {@code 2:4}.
   *
   * @throws UserException if it is neither
   */
  static Pruning parse(String text) {
    Matcher matcher = Spelling.PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      if (matcher.group(1) != null) {
        double share = Double.parseDouble(matcher.group(1));
        if (share > 0 && share < 1) {
          return new Magnitude(share);
        }
      } else {
        int n = Integer.parseInt(matcher.group(2));
        int m = Integer.parseInt(matcher.group(3));
        if (n > 0 && n < m && m <= 32 && Integer.bitCount(m) == 1) {
          return new NOfM(n, m);
        }
      }
    }
    throw new UserException(
        "--prune "
            + text
            + ": use magnitude:SHARE with a share between 0 and 1, or N:M with N below M, and M a"
            + " power of two up to 32, e.g. magnitude:0.5 or 2:4");
  }

  /** The grammar. */
  final class Spelling {
    private static final Pattern PATTERN =
        Pattern.compile("magnitude:(\\d?\\.\\d{1,9}|[01])|(\\d{1,2}):(\\d{1,2})");

    private Spelling() {}
  }
}
