package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.HostCore;
import io.dipper.proto.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnobsTest {
  @Test
  void everyNumberOfAProfile_isFoundByItsPath_andTurnsNothingElse() {
    HardwareProfile phone = HardwareProfiles.resolve("apple-a18").profile();
    assertThat(Knobs.of(phone).stream().map(Knob::name))
        .contains("flash.max_bandwidth", "flash.latency", "dram.bandwidth", "processor.peak");
    for (Knob knob : Knobs.of(phone)) {
      assertThat(knob.times().apply(1)).as(knob.name()).isEqualTo(phone);
      assertThat(values(knob.times().apply(1.1), knob.name()))
          .as(knob.name())
          .isEqualTo(values(phone, knob.name()));
    }
  }

  @Test
  void aNumberStaysInItsRange_andWholeWhereItMustBe() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder();
    device.getDramBuilder().setEfficiency(q(0.95)).setBandwidth(q(50e9));
    device.getFlashBuilder().setLanes(q(8)).setQueueDepth(q(2));
    assertThat(turned(device, "dram.efficiency", 1.1)).isEqualTo(1);
    assertThat(turned(device, "dram.efficiency", 0.9)).isCloseTo(0.855, within(1e-12));
    assertThat(turned(device, "dram.bandwidth", 1.1)).isCloseTo(55e9, within(1.0));
    assertThat(turned(device, "flash.lanes", 1.1)).isEqualTo(9);
    assertThat(turned(device, "flash.lanes", 0.9)).isEqualTo(7);
    assertThat(turned(device, "flash.queue_depth", 1.1)).isEqualTo(2);
  }

  @Test
  void aTable_isOneNumber() {
    HardwareProfile phone = HardwareProfiles.resolve("oneplus-15r").profile();
    Flash scaled = named(phone, "flash.table").times().apply(1.1).getFlash();
    for (int row = 0; row < phone.getFlash().getTable().getRowsCount(); row++) {
      List<Double> before = phone.getFlash().getTable().getRows(row).getThroughputList();
      List<Double> after = scaled.getTable().getRows(row).getThroughputList();
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).isEqualTo(before.get(i) * 1.1);
      }
    }
  }

  @Test
  void numbersOfAList_areFoundToo() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder();
    device
        .getFlashBuilder()
        .addCores(HostCore.newBuilder().setName("big").setSubmission(q(1e-6)))
        .addCores(HostCore.newBuilder().setName("little").setSubmission(q(3e-6)));
    Knob little = named(device.build(), "flash.cores[1].submission");
    Flash flash = little.times().apply(2).getFlash();
    assertThat(flash.getCores(0).getSubmission().getValue()).isEqualTo(1e-6);
    assertThat(flash.getCores(1).getSubmission().getValue()).isEqualTo(6e-6);
  }

  /** Of all numbers but one. */
  private static Map<String, Double> values(HardwareProfile profile, String except) {
    return Knobs.of(profile).stream()
        .filter(knob -> !knob.name().equals(except))
        .collect(Collectors.toMap(Knob::name, Knob::value));
  }

  private static double turned(HardwareProfile.Builder device, String name, double factor) {
    return named(named(device.build(), name).times().apply(factor), name).value();
  }

  private static Knob named(HardwareProfile profile, String name) {
    return Knobs.of(profile).stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
