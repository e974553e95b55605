package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Points that differ in their cache policy alone and came out the same, because no cache could make
 * a difference: one row tells all of them.
 *
 * @param points the first stands for the others; at least two
 * @param names of their caches, as they are written in a sweep
 * @param why the end of a sentence
 */
public record EqualCaches(List<PointRow> points, List<String> names, String why) {
  public EqualCaches {
    points = List.copyOf(points);
    names = List.copyOf(names);
  }

  /** The groups of a sweep, in its order. */
  public static List<EqualCaches> of(SweptPoints sweep) {
    Map<List<Object>, List<PointRow>> groups = new LinkedHashMap<>();
    for (PointRow row : sweep.rows()) {
      groups.computeIfAbsent(key(row, sweep), k -> new ArrayList<>()).add(row);
    }
    return groups.values().stream()
        .filter(group -> group.size() > 1)
        .map(group -> of(group, sweep))
        .toList();
  }

  private static EqualCaches of(List<PointRow> group, SweptPoints sweep) {
    List<String> names =
        group.stream()
            .map(row -> String.valueOf(sweep.settings(row).get(Settings.CACHE)))
            .distinct()
            .toList();
    return new EqualCaches(group, names, why(group.get(0), sweep));
  }

  /** All but the cache policy, and what a cache can change. */
  private static List<Object> key(PointRow row, SweptPoints sweep) {
    Map<String, String> settings = new LinkedHashMap<>(sweep.settings(row));
    settings.remove(Settings.CACHE);
    return Arrays.asList(
        settings,
        row.policy(),
        row.policyParams(),
        Optional.ofNullable(row.demand().hits().hitsX()),
        Optional.ofNullable(row.demand().hits().hitsH()),
        row.demand().traffic().flashBytesPerToken(),
        row.time().tokensPerSecond());
  }

  private static String why(PointRow row, SweptPoints sweep) {
    if (row.demand().traffic().flashBytesPerToken() == 0) {
      return "everything fits";
    }
    long steps = (long) Math.ceil((double) row.demand().tokens() / window(row)) * sweep.layers(row);
    return steps > 0
            && fills(row.demand().hits().selectedX(), row.memory().cacheColumnsX(), steps)
            && fills(row.demand().hits().selectedH(), row.memory().cacheColumnsH(), steps)
        ? "masks are as large as their caches"
        : "they hit alike";
  }

  /** The tokens of a step; results of before there were several have none. */
  private static int window(PointRow row) {
    Object tokens = row.setup().value(PointSettings.WINDOW);
    return tokens instanceof Integer window ? window : 1;
  }

  /**
   * Whether the mean mask is as large as its cache; an axis without a mask does not speak against
   * it.
   *
   * @param selected the units of all steps
   * @param steps tokens, or windows of them, times layers
   */
  private static boolean fills(@Nullable Long selected, @Nullable Integer columns, long steps) {
    return selected == null || columns == null || selected >= (double) columns * steps;
  }

  /** The caches, as they are written, e.g. {@code lru, lfu}. */
  public String caches() {
    return String.join(", ", names);
  }

  /** What a sweep's groups say together, in one line; empty where there are none. */
  public static Optional<String> summary(List<EqualCaches> groups) {
    int more = groups.stream().mapToInt(group -> group.points().size() - 1).sum();
    if (more == 0) {
      return Optional.empty();
    }
    Map<String, Integer> reasons = new LinkedHashMap<>();
    groups.forEach(group -> reasons.merge(group.why(), group.points().size() - 1, Integer::sum));
    return Optional.of(
        more
            + " points are those of another cache again and are shown once: "
            + reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " since " + entry.getKey())
                .collect(Collectors.joining(", ")));
  }
}
