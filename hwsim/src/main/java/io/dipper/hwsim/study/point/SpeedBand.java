package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.profile.hardware.RangedNumber;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.study.result.PointTime.Band;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The slowest and the fastest that a point can be over the ranges of its device's numbers, widened
 * by what executions on the device showed. Its demand is timed twice more, with every number at its
 * slow end and with every number at its fast one; a number whose direction only a run tells, such
 * as a page's size, costs two more.
 */
final class SpeedBand {
  private final PlannedPoint point;
  private final Demand demand;
  private final DeviceRanges ranges;

  private SpeedBand(PlannedPoint point, Demand demand) {
    this.point = point;
    this.demand = demand;
    this.ranges = DeviceRanges.of(point.config().getHardware());
  }

  /**
   * The band around a speed; unknown where no number has a range and nothing was executed, and at
   * an end where there is no such device.
   *
   * @param tokensPerSecond of the device as it is
   */
  static Band of(PlannedPoint point, Demand demand, double tokensPerSecond) {
    SpeedBand band = new SpeedBand(point, demand);
    double factor =
        PointErrors.of(point.config()).map(errors -> Math.exp(errors.getNinetieth())).orElse(1.0);
    return factor == 1
        ? band.around(tokensPerSecond)
        : widened(band.around(tokensPerSecond), band.ranges, tokensPerSecond, factor);
  }

  private static Band widened(Band band, DeviceRanges ranges, double speed, double factor) {
    if (ranges.numbers().isEmpty()) {
      return new Band(speed / factor, speed * factor);
    }
    Double low = band.tokensPerSecondLow();
    Double high = band.tokensPerSecondHigh();
    return new Band(
        low == null ? null : Double.valueOf(low / factor),
        high == null ? null : Double.valueOf(high * factor));
  }

  private Band around(double tokensPerSecond) {
    if (ranges.numbers().isEmpty()) {
      return Band.UNKNOWN;
    }
    Map<String, Double> slow = new LinkedHashMap<>();
    Map<String, Double> fast = new LinkedHashMap<>();
    for (RangedNumber number : ranges.numbers()) {
      boolean rises = isFasterWithMore(number);
      slow.put(number.name(), rises ? number.range().low() : number.range().high());
      fast.put(number.name(), rises ? number.range().high() : number.range().low());
    }
    return new Band(
        orNull(speed(slow), low -> Math.min(low, tokensPerSecond)),
        orNull(speed(fast), high -> Math.max(high, tokensPerSecond)));
  }

  private boolean isFasterWithMore(RangedNumber number) {
    return switch (number.more()) {
      case SPEEDS_UP -> true;
      case SLOWS_DOWN -> false;
      case EITHER_WAY, NO_EFFECT, UNRECOGNIZED ->
          speed(Map.of(number.name(), number.range().high())).orElse(0)
              >= speed(Map.of(number.name(), number.range().low())).orElse(0);
    };
  }

  /** Empty where the point cannot run on such a device, e.g. outside its table. */
  private OptionalDouble speed(Map<String, Double> values) {
    try {
      return OptionalDouble.of(point.on(ranges.with(values)).time(demand).tokensPerSecond());
    } catch (UserException e) {
      return OptionalDouble.empty();
    }
  }

  private static @Nullable Double orNull(OptionalDouble speed, DoubleUnaryOperator kept) {
    return speed.isPresent() ? Double.valueOf(kept.applyAsDouble(speed.getAsDouble())) : null;
  }
}
