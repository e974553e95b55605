package io.dipper.hwsim.study.point;

import static java.util.stream.Collectors.joining;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fastest of several ways to read a point's units.
 *
 * @param config of the point that is read so
 * @param ways how many were tried
 * @param gain its tokens per second over those of the first of them
 */
public record FastestWay(PointConfig config, int ways, double gain) {
  /** Over how many tokens {@link #hint} looks for one. */
  static final int HINT_TOKENS = 16;

  private static final double LEAST_GAIN = 1.05;

  private static final List<Setting<?>> HOW =
      List.of(PointSettings.LAYOUT, PointSettings.UNIT_ORDER, PointSettings.MAX_GAP);

  /**
   * The fastest way of a point; the point itself where its layout is not auto.
   *
   * @param config complete
   * @throws UserException if the point cannot exist in any way
   */
  public static FastestWay of(Simulation simulation, PointConfig config) {
    List<PointConfig> ways = WaysToRead.of(config);
    return ways.size() == 1
        ? new FastestWay(ways.get(0), 1, 1)
        : fastest(simulation, plan(simulation, ways));
  }

  /**
   * A way in which a point that has layout, order and gap by default would be faster by more than 5
   * %, over its first {@value #HINT_TOKENS} tokens; other orders are not tried.
   *
   * @param config complete
   */
  public static Optional<FastestWay> hint(Simulation simulation, PointConfig config) {
    boolean isDefault = HOW.stream().allMatch(setting -> setting.isPreset(config));
    List<PointConfig> ways = isDefault ? WaysToRead.inNaturalOrder(config) : List.of();
    if (ways.size() < 2) {
      return Optional.empty();
    }
    Simulation first = simulation.ofFirst(HINT_TOKENS);
    FastestWay way = fastest(first, plan(first, ways));
    return way.gain > LEAST_GAIN ? Optional.of(way) : Optional.empty();
  }

  /** The ways that can exist. */
  private static List<PlannedPoint> plan(Simulation simulation, List<PointConfig> ways) {
    List<PlannedPoint> points = new ArrayList<>();
    UserException why = null;
    for (PointConfig way : ways) {
      try {
        points.add(simulation.plan(way));
      } catch (UserException e) {
        why = why == null ? e : why;
      }
    }
    if (points.isEmpty() && why != null) {
      throw why;
    }
    return points;
  }

  /** Of equally fast ones the first. */
  private static FastestWay fastest(Simulation simulation, List<PlannedPoint> points) {
    Map<String, Double> speeds = new HashMap<>();
    simulation.run(
        points, point -> speeds.put(point.row().pointId(), point.row().time().tokensPerSecond()));
    PlannedPoint best = points.get(0);
    for (PlannedPoint point : points) {
      best = speed(point, speeds) > speed(best, speeds) ? point : best;
    }
    double gain = speed(best, speeds) / speed(points.get(0), speeds);
    return new FastestWay(best.config(), points.size(), gain);
  }

  private static double speed(PlannedPoint point, Map<String, Double> speeds) {
    return speeds.getOrDefault(ConfigDigest.of(point.config()).pointId(), 0.0);
  }

  /** The layout, the order and the gap, each under its name. */
  public String describe() {
    return HOW.stream()
        .map(setting -> setting.name() + " " + setting.text().apply(config))
        .collect(joining(", "));
  }

  /** The options that say so, of those that are not the default. */
  public String options() {
    return HOW.stream()
        .filter(setting -> !setting.isPreset(config))
        .map(
            setting ->
                setting.spellings().get(0).option()
                    + " "
                    + setting.text().apply(config).replace(" ", ""))
        .collect(joining(" "));
  }
}
