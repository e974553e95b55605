package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.Knob;
import io.dipper.hwsim.profile.hardware.Knobs;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.SensitivityRow.DeviceNumber;
import io.dipper.hwsim.study.result.SensitivityRow.SpeedChange;
import io.dipper.proto.HardwareProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the speed of a point changes with each number of its device, turned down and up by a step
 * that a device could have, one at a time: what a tornado chart shows. What is selected, cached and
 * fetched stays as it is.
 */
final class Sensitivity {
  /** Less is rounding: the clock of a simulation has whole picoseconds. */
  private static final double LEAST_EFFECT = 1e-6;

  private final PlannedPoint point;
  private final Demand demand;
  private final double tokensPerSecond;
  private final PointName name;

  private Sensitivity(PlannedPoint point, Demand demand) {
    this.point = point;
    this.demand = demand;
    this.tokensPerSecond = speed(point.config().getHardware());
    this.name = PointName.of(point.config());
  }

  /** A row for each number that has an effect, the largest effect first. */
  static List<SensitivityRow> of(PlannedPoint point, Demand demand) {
    Sensitivity sensitivity = new Sensitivity(point, demand);
    List<SensitivityRow> rows = new ArrayList<>();
    for (Knob knob : Knobs.of(point.config().getHardware())) {
      SensitivityRow row = sensitivity.row(knob);
      if (row.effect() > LEAST_EFFECT) {
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparingDouble(SensitivityRow::effect).reversed());
    return rows;
  }

  private SensitivityRow row(Knob knob) {
    return new SensitivityRow(
        name,
        new DeviceNumber(
            knob.name(),
            knob.unit(),
            lower(knob.provenance()),
            Double.isNaN(knob.value()) ? null : Double.valueOf(knob.value())),
        new SpeedChange(
            demand.tokens(),
            tokensPerSecond,
            speedOrNull(knob.lower()),
            speedOrNull(knob.higher()),
            value(knob.lower()),
            value(knob.higher())));
  }

  private static @Nullable Double value(Knob.@Nullable Turn turn) {
    return turn == null || Double.isNaN(turn.value()) ? null : Double.valueOf(turn.value());
  }

  /** Null where there is no such device, or it cannot run the point. */
  private @Nullable Double speedOrNull(Knob.@Nullable Turn turn) {
    if (turn == null) {
      return null;
    }
    try {
      return speed(turn.profile());
    } catch (UserException e) {
      return null;
    }
  }

  private double speed(HardwareProfile device) {
    return point.on(device).time(demand).tokensPerSecond();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
