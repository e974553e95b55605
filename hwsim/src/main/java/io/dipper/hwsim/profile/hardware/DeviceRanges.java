package io.dipper.hwsim.profile.hardware;

import io.dipper.proto.Effect;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Interval;
import io.dipper.proto.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is uncertain of a device: its numbers that have a range and may change a time. Numbers that
 * change none (energies, the DRAM's capacity, cores that do not submit) and ranges of one value are
 * left out.
 */
public final class DeviceRanges {
  private final HardwareProfile profile;
  private final List<RangedNumber> numbers;

  private DeviceRanges(HardwareProfile profile) {
    this.profile = profile;
    this.numbers = quantities(profile).flatMap(DeviceRanges::ranged).toList();
  }

  /** The ranges of a device. */
  public static DeviceRanges of(HardwareProfile profile) {
    return new DeviceRanges(profile);
  }

  /** The numbers, in the order of the schema. */
  public List<RangedNumber> numbers() {
    return numbers;
  }

  /**
   * The device with other values.
   *
   * @param values in base units, by the names of numbers; the other numbers stay as they are
   */
  public HardwareProfile with(Map<String, Double> values) {
    HardwareProfile changed = profile;
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      ProfileNumber.OfQuantity number =
          quantities(changed)
              .filter(q -> q.name().equals(entry.getKey()))
              .findFirst()
              .orElseThrow();
      Quantity other = number.quantity().toBuilder().setValue(entry.getValue()).build();
      changed = number.with().apply(other);
    }
    return changed;
  }

  private static Stream<ProfileNumber.OfQuantity> quantities(HardwareProfile profile) {
    return ProfileNumbers.of(profile).stream()
        .filter(ProfileNumber.OfQuantity.class::isInstance)
        .map(ProfileNumber.OfQuantity.class::cast);
  }

  private static Stream<RangedNumber> ranged(ProfileNumber.OfQuantity number) {
    Quantity quantity = number.quantity();
    Interval range = quantity.getRange();
    if (range.getLow() >= range.getHigh() || number.range().getMore() == Effect.NO_EFFECT) {
      return Stream.empty();
    }
    return Stream.of(
        new RangedNumber(
            number.name(),
            number.range().getUnit(),
            number.range().getWhole(),
            number.provenance(),
            number.range().getMore(),
            quantity.getValue(),
            new RangedNumber.Ends(range.getLow(), range.getHigh())));
  }
}
