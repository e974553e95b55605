package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.profile.hardware.RangedNumber;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.result.VerdictRow.Against;
import io.dipper.hwsim.study.result.VerdictRow.Deciding;
import io.dipper.hwsim.study.result.VerdictRow.SpeedUp;
import io.dipper.proto.Effect;
import io.dipper.proto.HardwareProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The speed-up of a mask over dense streaming on the devices that the ranges of a profile allow:
 * both run on the same device each time, so that what slows both cancels. Tried are each number at
 * either end, the corners where all numbers are slow or fast, and those where each number is at the
 * end that is better or worse for the mask.
 */
final class PairBand {
  private final PointPair pair;
  private final Demand masked;
  private final Demand dense;
  private final DeviceRanges ranges;
  private final double speedUp;

  private PairBand(PointPair pair, Demand masked, Demand dense) {
    this.pair = pair;
    this.masked = masked;
    this.dense = dense;
    this.ranges = DeviceRanges.of(pair.masked().config().getHardware());
    this.speedUp = speedUp(Map.of());
  }

  /**
   * The verdict of a pair.
   *
   * @param masked what the masked point asks for
   * @param dense what the dense one asks for, over the same tokens
   */
  static VerdictRow of(PointPair pair, Demand masked, Demand dense) {
    return new PairBand(pair, masked, dense).row();
  }

  private VerdictRow row() {
    List<Turned> turned = ranges.numbers().stream().map(this::turn).toList();
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    all.accept(speedUp);
    turned.forEach(
        number -> {
          all.accept(number.atLow());
          all.accept(number.atHigh());
        });
    corners(turned).forEach(corner -> all.accept(speedUp(corner)));
    Verdict verdict = Verdict.of(all.getMin(), all.getMax());
    return new VerdictRow(
        PointName.of(pair.masked().config()),
        new Against(
            PointName.of(pair.dense().config()).pointId(),
            masked.tokens(),
            ranges.numbers().size()),
        new SpeedUp(speedUp, all.getMin(), all.getMax(), verdict.key()),
        verdict == Verdict.NOT_DECIDED ? deciding(turned) : Deciding.NOTHING);
  }

  /** A number at either end of its range, everything else as it is. */
  private record Turned(RangedNumber number, double atLow, double atHigh) {
    boolean turnsTheVerdict() {
      return Math.min(atLow, atHigh) <= 1 && Math.max(atLow, atHigh) >= 1 && atLow != atHigh;
    }

    double swing() {
      return Math.abs(Math.log(atHigh / atLow));
    }

    boolean isBetterHigh() {
      return atHigh > atLow;
    }
  }

  private Turned turn(RangedNumber number) {
    return new Turned(
        number,
        speedUp(Map.of(number.name(), number.range().low())),
        speedUp(Map.of(number.name(), number.range().high())));
  }

  private static List<Map<String, Double>> corners(List<Turned> turned) {
    List<Map<String, Double>> corners = new ArrayList<>();
    for (int corner = 0; corner < 4; corner++) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (Turned number : turned) {
        boolean rising =
            corner < 2 ? number.number().more() != Effect.SLOWS_DOWN : number.isBetterHigh();
        RangedNumber.Ends range = number.number().range();
        values.put(
            number.number().name(), rising == (corner % 2 == 0) ? range.high() : range.low());
      }
      corners.add(values);
    }
    return corners;
  }

  /** The number that turns the verdict by itself, else the one that moves it most. */
  private Deciding deciding(List<Turned> turned) {
    Comparator<Turned> bySwing = Comparator.comparingDouble(Turned::swing);
    Optional<Turned> alone = turned.stream().filter(Turned::turnsTheVerdict).max(bySwing);
    Turned number = alone.or(() -> turned.stream().max(bySwing)).orElseThrow();
    RangedNumber known = number.number();
    return new Deciding(
        known.name(),
        known.unit(),
        known.provenanceKey(),
        known.range().low(),
        known.range().high(),
        alone.isEmpty() ? null : Double.valueOf(breakEven(number)),
        alone.isEmpty() ? null : number.isBetterHigh() ? "above" : "below");
  }

  /** By bisection in twelve steps. */
  private double breakEven(Turned number) {
    double low = number.number().range().low();
    double high = number.number().range().high();
    for (int halving = 0; halving < 12; halving++) {
      double middle = middle(low, high);
      double value = number.number().whole() ? Math.rint(middle) : middle;
      boolean faster = speedUp(Map.of(number.number().name(), value)) > 1;
      if (faster == number.isBetterHigh()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return middle(low, high);
  }

  /** Of the logarithms, since a range may span decades. */
  private static double middle(double low, double high) {
    return low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
  }

  /** As it is where a point cannot run on such a device: nothing is known of it there. */
  private double speedUp(Map<String, Double> values) {
    HardwareProfile device = ranges.with(values);
    try {
      return speed(pair.masked(), masked, device) / speed(pair.dense(), dense, device);
    } catch (UserException e) {
      if (values.isEmpty()) {
        throw e;
      }
      return speedUp;
    }
  }

  private static double speed(PlannedPoint point, Demand demand, HardwareProfile device) {
    return point.on(device).time(demand).tokensPerSecond();
  }
}
