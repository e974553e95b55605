package io.dipper.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name that a misspelt one probably means, by edit distance. */
public final class Nearest {
  private Nearest() {}

  /**
   * The end of an error message about an unknown name: {@code did you mean 'x'?} where one is near,
   * else the valid names.
   */
  public static String hint(String name, Collection<String> valid) {
    return to(name, valid)
        .map(near -> "did you mean '" + near + "'?")
        .orElse("valid are " + String.join(", ", valid));
  }

  /** The valid name within a third of the length of the given one; the first of equally near. */
  public static Optional<String> to(String name, Collection<String> valid) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String wanted = name.toLowerCase(Locale.ROOT).replace('-', '_');
    int best = Math.max(1, name.length() / 3) + 1;
    String nearest = null;
    for (String candidate : valid) {
      int d = distance.apply(wanted, candidate.toLowerCase(Locale.ROOT).replace('-', '_'));
      if (d < best) {
        best = d;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }
}
