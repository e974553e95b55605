package io.dipper.bench.phone;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.Quantity;

/**
 * How a run uses the phone.
 *
 * @param perToken experts of a layer that a token computes
 * @param lanes of reads in flight
 * @param overlap of reads and arithmetic
 * @param cached whether missed experts enter a cache
 */
record PhoneSetting(int perToken, int lanes, Overlap overlap, boolean cached) {
  private static final String PROFILE = "oneplus-15r";

  /** The phone as its profile has it, used so. */
  HardwareProfile device() {
    HardwareProfile.Builder device = HardwareProfiles.resolve(PROFILE).profile().toBuilder();
    device.getFlashBuilder().setLanes(Quantity.newBuilder().setValue(lanes));
    return device.setOverlap(overlap).build();
  }

  /** The phone with other numbers. */
  HardwareProfile device(FittedNumbers numbers) {
    HardwareProfile.Builder device = device().toBuilder();
    device
        .getProcessorBuilder()
        .setExpertLayer(quantity(numbers.expertLayer()))
        .setExpertArithmetic(quantity(numbers.expertByte()))
        .setAdmit(quantity(numbers.admitByte()));
    return device.build();
  }

  private static Quantity quantity(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
