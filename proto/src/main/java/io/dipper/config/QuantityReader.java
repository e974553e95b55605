package io.dipper.config;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.proto.Interval;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;
import java.util.List;
import java.util.Locale;

/**
 * Reads a number with its provenance: {@code 60 GB/s} (assumed), {@code {value: 60 GB/s, from:
 * datasheet, source: "..."}}, or with the values that it may have, {@code {value: 110k IOPS, range:
 * [110k, 244k]}}, where an end without a unit has that of the value and an absent {@code from}
 * means assumed.
 */
final class QuantityReader {
  private static final List<String> KEYS = List.of("value", "range", "from", "source");

  private final FieldDescriptor field;

  private QuantityReader(FieldDescriptor field) {
    this.field = field;
  }

  /**
   * @throws io.dipper.error.UserException at the first key or value that does not fit
   */
  static Quantity read(YamlNode value, FieldDescriptor field) {
    return new QuantityReader(field).read(value);
  }

  private Quantity read(YamlNode value) {
    Quantity.Builder quantity = Quantity.newBuilder();
    if (!(value instanceof YamlMapping mapping)) {
      String expected = "a quantity, e.g. " + Units.example(Ranges.dimension(field));
      return quantity.setValue(Ranges.read(value.asScalar(expected), field)).build();
    }
    mapping.allowOnly(KEYS);
    YamlScalar number = mapping.require("value").asScalar("a quantity");
    quantity.setValue(Ranges.read(number, field));
    YamlNode range = mapping.get("range");
    if (range != null) {
      quantity.setRange(interval(range, number, quantity.getValue()));
    }
    provenance(mapping, range != null, quantity);
    return quantity.build();
  }

  private void provenance(YamlMapping mapping, boolean ranged, Quantity.Builder quantity) {
    YamlNode from = ranged ? mapping.get("from") : mapping.require("from");
    EnumValueDescriptor provenance =
        from == null
            ? Provenance.ASSUMED.getValueDescriptor()
            : EnumNames.read(
                from, Quantity.getDescriptor().findFieldByName("provenance").getEnumType(), "from");
    quantity.setProvenance(Provenance.valueOf(provenance));
    YamlNode source = mapping.get("source");
    if (source != null) {
      quantity.setSource(source.asScalar("a text that names the source").text());
    } else if (quantity.getProvenance() != Provenance.ASSUMED) {
      throw mapping.error(
          field.getName()
              + " is said to be "
              + EnumNames.print(provenance)
              + " but no source is given; add 'source: ...' or write 'from: assumed'");
    }
  }

  private Interval interval(YamlNode range, YamlScalar number, double value) {
    List<YamlNode> ends = range.asSequence(expected(number)).items();
    if (ends.size() != 2) {
      throw range.error("found a list of " + ends.size() + "; expected " + expected(number));
    }
    double low = end(ends.get(0), number);
    double high = end(ends.get(1), number);
    if (low > high) {
      throw range.error("the range begins above its end; write the lower value first");
    }
    if (value < low || value > high) {
      throw range.error(
          String.format(
              Locale.ROOT,
              "the value %s lies outside its range, %s to %s; widen the range or correct the value",
              number.text(),
              text(low),
              text(high)));
    }
    return Interval.newBuilder().setLow(low).setHigh(high).build();
  }

  private double end(YamlNode node, YamlScalar number) {
    YamlScalar end = node.asScalar("a quantity, e.g. " + number.text());
    String text = Units.withUnitOf(number.text(), end.text(), Ranges.dimension(field));
    return Ranges.read(new YamlScalar(end.at(), text, end.plain()), field);
  }

  private String expected(YamlScalar number) {
    return "two values, the lower first, around " + number.text();
  }

  private String text(double value) {
    return Units.print(value, Ranges.dimension(field));
  }
}
