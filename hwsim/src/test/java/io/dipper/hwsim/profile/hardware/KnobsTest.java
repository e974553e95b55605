package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.HostCore;
import io.dipper.proto.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnobsTest {
  @Test
  void everyNumberOfAProfile_isFoundByItsPath_andTurnsNothingElse() {
    HardwareProfile phone = HardwareProfiles.resolve("apple-a18").profile();
    assertThat(Knobs.of(phone).stream().map(Knob::name))
        .contains("flash.max_bandwidth", "flash.latency", "dram.bandwidth", "processor.peak");
    for (Knob knob : Knobs.of(phone)) {
      for (Knob.Turn turn : turns(knob)) {
        assertThat(turn.profile()).as(knob.name()).isNotEqualTo(phone);
        assertThat(values(turn.profile(), knob.name()))
            .as(knob.name())
            .isEqualTo(values(phone, knob.name()));
        assertThat(named(turn.profile(), knob.name()).value()).isEqualTo(turn.value());
      }
    }
  }

  @Test
  void aNumberIsTurnedByATenth_withinItsRange() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder();
    device.getDramBuilder().setEfficiency(q(0.95)).setBandwidth(q(50e9));
    assertThat(lower(device, "dram.efficiency")).isCloseTo(0.855, within(1e-12));
    assertThat(higher(device, "dram.efficiency")).isEqualTo(1);
    assertThat(higher(device, "dram.bandwidth")).isCloseTo(55e9, within(1.0));
    device.getFlashBuilder().setLatency(q(90e-6));
    assertThat(higher(device, "flash.latency")).as("in decimals").isEqualTo(99e-6);
    assertThat(lower(device, "dram.bandwidth")).isEqualTo(45e9);
    device.getDramBuilder().setEfficiency(q(1));
    assertThat(named(device.build(), "dram.efficiency").higher()).isNull();
  }

  @Test
  void aCountIsTurnedByOne_andASizeToItsHalfAndDouble() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder();
    device.getFlashBuilder().setLanes(q(4)).setQueueDepth(q(1)).setPageSize(q(4096));
    device.getFlashBuilder().setCommandSize(q(524_288));
    assertThat(lower(device, "flash.lanes")).isEqualTo(3);
    assertThat(higher(device, "flash.lanes")).isEqualTo(5);
    assertThat(named(device.build(), "flash.queue_depth").lower()).isNull();
    assertThat(higher(device, "flash.queue_depth")).isEqualTo(2);
    assertThat(lower(device, "flash.page_size")).isEqualTo(2048);
    assertThat(higher(device, "flash.page_size")).isEqualTo(8192);
    assertThat(lower(device, "flash.command_size")).isEqualTo(262_144);
    assertThat(higher(device, "flash.command_size")).isEqualTo(1_048_576);
  }

  @Test
  void eachRowOfATable_isANumber() {
    HardwareProfile phone = HardwareProfiles.resolve("oneplus-15r").profile();
    List<FlashTableRow> rows = phone.getFlash().getTable().getRowsList();
    List<String> names =
        Knobs.of(phone).stream().map(Knob::name).filter(n -> n.startsWith("flash.table")).toList();
    assertThat(names).hasSameSizeAs(rows).contains("flash.table[128 KiB]", "flash.table[8 MiB]");
    Knob second = named(phone, "flash.table[256 KiB]");
    assertThat(second.value()).isNaN();
    Knob.Turn faster = Objects.requireNonNull(second.higher());
    FlashTable table = faster.profile().getFlash().getTable();
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < 3; i++) {
        double factor = row == 1 ? 1.1 : 1;
        assertThat(table.getRows(row).getThroughput(i))
            .isCloseTo(rows.get(row).getThroughput(i) * factor, withinPercentage(1e-12));
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
    Knob.Turn little =
        Objects.requireNonNull(named(device.build(), "flash.cores[1].submission").higher());
    Flash flash = little.profile().getFlash();
    assertThat(flash.getCores(0).getSubmission().getValue()).isEqualTo(1e-6);
    assertThat(flash.getCores(1).getSubmission().getValue()).isCloseTo(3.3e-6, within(1e-15));
  }

  private static List<Knob.Turn> turns(Knob knob) {
    return Stream.of(knob.lower(), knob.higher()).filter(Objects::nonNull).toList();
  }

  private static double lower(HardwareProfile.Builder device, String name) {
    return Objects.requireNonNull(named(device.build(), name).lower()).value();
  }

  private static double higher(HardwareProfile.Builder device, String name) {
    return Objects.requireNonNull(named(device.build(), name).higher()).value();
  }

  /** Of all numbers but one. */
  private static Map<String, Double> values(HardwareProfile profile, String except) {
    return Knobs.of(profile).stream()
        .filter(knob -> !knob.name().equals(except))
        .collect(Collectors.toMap(Knob::name, Knob::value));
  }

  private static Knob named(HardwareProfile profile, String name) {
    return Knobs.of(profile).stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
