package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.proto.FlashTable;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;
import io.dipper.proto.Range;
import java.util.function.Function;

/** A number that a hardware profile gives, with where it comes from. */
public sealed interface ProfileNumber {
  /** Its path in the profile, e.g. {@code flash.latency}, {@code flash.cores[0].submission}. */
  String name();

  /** The value as text, with its unit, and its range where it has one. */
  String text();

  Provenance provenance();

  String source();

  /**
   * A quantity.
   *
   * @param range its unit and bounds, from the schema
   * @param with the profile with another quantity in its place
   */
  record OfQuantity(
      String name, Quantity quantity, Range range, Function<Quantity, HardwareProfile> with)
      implements ProfileNumber {
    @Override
    public String text() {
      return print(quantity.getValue())
          + (quantity.hasRange()
              ? " ("
                  + print(quantity.getRange().getLow())
                  + " to "
                  + print(quantity.getRange().getHigh())
                  + ")"
              : "");
    }

    private String print(double value) {
      return Units.print(value, Dimension.ofBase(range.getUnit()));
    }

    @Override
    public Provenance provenance() {
      return quantity.getProvenance();
    }

    @Override
    public String source() {
      return quantity.getSource();
    }
  }

  /**
   * A measured table, which counts as one number.
   *
   * @param with the profile with another table in its place
   */
  record OfTable(String name, FlashTable table, Function<FlashTable, HardwareProfile> with)
      implements ProfileNumber {
    @Override
    public String text() {
      return table.getRowsCount() + " sizes by " + table.getLanesCount() + " lanes";
    }

    @Override
    public Provenance provenance() {
      return table.getFrom();
    }

    @Override
    public String source() {
      return table.getSource();
    }
  }
}
