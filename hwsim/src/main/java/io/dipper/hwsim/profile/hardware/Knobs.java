package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Quantity;
import io.dipper.proto.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns every number of a profile; each row of a measured table is turned by itself. */
public final class Knobs {
  private static final BigDecimal DOWN = new BigDecimal("0.9");
  private static final BigDecimal UP = new BigDecimal("1.1");

  private Knobs() {}

  /** All numbers that a profile gives, in the order of its schema. */
  public static List<Knob> of(HardwareProfile profile) {
    return ProfileNumbers.of(profile).stream().flatMap(Knobs::of).toList();
  }

  private static Stream<Knob> of(ProfileNumber number) {
    if (number instanceof ProfileNumber.OfTable table) {
      return IntStream.range(0, table.table().getRowsCount()).mapToObj(row -> knob(table, row));
    }
    return Stream.of(knob((ProfileNumber.OfQuantity) number));
  }

  private static Knob knob(ProfileNumber.OfTable number, int index) {
    FlashTable table = number.table();
    FlashTableRow row = table.getRows(index);
    String size = Units.print(row.getSize(), Dimension.BYTES);
    String range = row.hasRange() ? " in " + Units.print(row.getRange(), Dimension.BYTES) : "";
    return new Knob(
        number.name() + "[" + size + range + "]",
        "B/s",
        number.provenance(),
        Double.NaN,
        new Knob.Turn(Double.NaN, number.with().apply(times(table, index, DOWN))),
        new Knob.Turn(Double.NaN, number.with().apply(times(table, index, UP))));
  }

  private static FlashTable times(FlashTable table, int index, BigDecimal factor) {
    FlashTableRow row = table.getRows(index);
    FlashTableRow.Builder scaled = row.toBuilder().clearThroughput();
    row.getThroughputList().forEach(throughput -> scaled.addThroughput(times(throughput, factor)));
    return table.toBuilder().setRows(index, scaled).build();
  }

  /** In decimals, as a person would: 1.1 times 90 us are 99 us. */
  private static double times(double value, BigDecimal factor) {
    return BigDecimal.valueOf(value).multiply(factor).doubleValue();
  }

  private static Knob knob(ProfileNumber.OfQuantity number) {
    Range range = number.range();
    double value = number.quantity().getValue();
    return new Knob(
        number.name(),
        range.getUnit(),
        number.provenance(),
        value,
        turn(number, down(value, range)),
        turn(number, up(value, range)));
  }

  private static double down(double value, Range range) {
    if (!range.getWhole()) {
      return times(value, DOWN);
    }
    return isCount(range) ? value - 1 : Math.rint(value / 2);
  }

  private static double up(double value, Range range) {
    if (!range.getWhole()) {
      return times(value, UP);
    }
    return isCount(range) ? value + 1 : value * 2;
  }

  /** Whole numbers of bytes are sizes of pages and commands: powers of two, by nature. */
  private static boolean isCount(Range range) {
    return range.getUnit().equals("1");
  }

  /** Kept within the range, so that an efficiency stays at most 1; null where nothing changes. */
  private static Knob.@Nullable Turn turn(ProfileNumber.OfQuantity number, double value) {
    Quantity quantity = number.quantity();
    Range range = number.range();
    boolean outside = value < range.getMin() || value > range.getMax();
    double kept = Math.max(range.getMin(), Math.min(range.getMax(), value));
    if (kept == quantity.getValue() || range.getWhole() && outside) {
      return null;
    }
    Quantity turned = quantity.toBuilder().setValue(kept).build();
    return new Knob.Turn(kept, number.with().apply(turned));
  }
}
