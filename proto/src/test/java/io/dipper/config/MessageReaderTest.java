package io.dipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.Provenance;
import io.dipper.proto.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {
  private static final String PHONE =
      """
      name: phone
      description: 'a "phone": 1 of 2'
      flash:
        max_bandwidth: {value: 4200 MB/s, from: datasheet, source: "Samsung, UFS 4.0"}
        latency: 75 us
        lanes: 4
      dram:
        bandwidth: 60 GB/s
        efficiency: 75 %
        flash_traffic: true
      overlap: io
      """;

  @Test
  void quantities_carryValueAndProvenance() {
    HardwareProfile profile = read(PHONE);

    Quantity flash = profile.getFlash().getMaxBandwidth();
    assertThat(flash.getValue()).isEqualTo(4.2e9);
    assertThat(flash.getProvenance()).isEqualTo(Provenance.DATASHEET);
    assertThat(flash.getSource()).isEqualTo("Samsung, UFS 4.0");
    assertThat(profile.getFlash().getLatency().getProvenance()).isEqualTo(Provenance.ASSUMED);
    assertThat(profile.getDram().getEfficiency().getValue()).isEqualTo(0.75);
    assertThat(profile.getOverlap()).isEqualTo(Overlap.IO);
    assertThat(profile.getFlash().hasQueueDepth()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {value: 110k IOPS, range: [110k, 244k]} | 110e3 | 244e3
          {value: 110k IOPS, range: [90 kIOPS, 0.2M]} | 90e3 | 200e3
          {value: 110 kIOPS, range: [90, 110]} | 90e3 | 110e3
          {value: 110000 IOPS, range: [110000, 110000]} | 110e3 | 110e3
          """)
  void aRange_hasTheUnitOfTheValueUnlessItSaysItsOwn(String text, double low, double high) {
    Quantity rate =
        read("flash: {commands_per_second: " + text + "}").getFlash().getCommandsPerSecond();
    assertThat(rate.getValue()).isEqualTo(110e3);
    assertThat(rate.getRange().getLow()).isEqualTo(low);
    assertThat(rate.getRange().getHigh()).isEqualTo(high);
    assertThat(rate.getProvenance()).isEqualTo(Provenance.ASSUMED);
  }

  @Test
  void aRange_standsBesideProvenanceAndIsWrittenAsItIsRead() {
    HardwareProfile profile =
        read(
            """
            flash: {latency: {value: 75 us, range: [70, 0.1 ms], from: measured, source: fio}}
            dram: {efficiency: {value: 60 %, range: [57, 62], source: "two boards"}}
            """);
    Quantity latency = profile.getFlash().getLatency();
    assertThat(latency.getProvenance()).isEqualTo(Provenance.MEASURED);
    assertThat(latency.getRange().getLow()).isEqualTo(70e-6);
    assertThat(latency.getRange().getHigh()).isEqualTo(100e-6);
    assertThat(profile.getDram().getEfficiency().getRange().getLow()).isEqualTo(0.57);
    assertThat(profile.getDram().getEfficiency().getSource()).isEqualTo("two boards");
    assertThat(MessageWriter.write(profile)).contains("range: [70 us, 100 us]");
    assertThat(read(MessageWriter.write(profile))).isEqualTo(profile);
    assertThat(read(PHONE).getFlash().getLatency().hasRange()).isFalse();
  }

  @Test
  void theEcho_isReadBackToTheSameMessage() {
    HardwareProfile profile = read(PHONE);
    assertThat(read(MessageWriter.write(profile))).isEqualTo(profile);
    assertThat(read(MessageWriter.write(profile, Map.of("flash.latency", "phone.yaml:5"))))
        .isEqualTo(profile);
  }

  @Test
  void theEcho_showsUnitsProvenanceAndComments() {
    String text = MessageWriter.write(read(PHONE), Map.of("flash.latency", "phone.yaml:5"));

    assertThat(text.lines())
        .containsExactly(
            "name: phone",
            "description: 'a \"phone\": 1 of 2'",
            "flash:",
            "  max_bandwidth: {value: 4.2 GB/s, from: datasheet, source: \"Samsung, UFS 4.0\"}",
            "  latency: 75 us # phone.yaml:5",
            "  lanes: 4",
            "dram:",
            "  bandwidth: 60 GB/s",
            "  efficiency: 0.75",
            "  flash_traffic: true",
            "overlap: io");
  }

  @Test
  void aSecondFile_overridesOnlyWhatItNames_andNoneRemoves() {
    HardwareProfile.Builder message = read(PHONE).toBuilder();
    MessageReader reader = new MessageReader();
    reader.read(map("flash: {latency: none, lanes: 8}\n"), message);

    assertThat(message.getFlash().hasLatency()).isFalse();
    assertThat(message.getFlash().getLanes().getValue()).isEqualTo(8);
    assertThat(message.getFlash().getMaxBandwidth().getValue()).isEqualTo(4.2e9);
    assertThat(reader.origins()).containsOnlyKeys("flash.latency", "flash.lanes");
    assertThat(reader.origins()).containsEntry("flash.lanes", new Location("f", 1, 31));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flsh: {} | f:1:1: unknown key 'flsh'; did you mean 'flash'?",
        "energy: 3 | f:1:9: found '3'; expected a mapping of flash_read, dram_access, compute, static_power, vram_access",
        "dram: {efficiency: 1.2} | f:1:20: efficiency 1.2 is out of range; it must lie between 0.01 and 1",
        "flash: {lanes: 1.5} | f:1:16: lanes 1.5 is not whole; it must be a whole number",
        "flash: {table: {lanes: [1, 1.5]}} | f:1:28: lanes 1.5 is not whole; it must be a whole number",
        "flash: {table: {rows: [{size: 0.5 B}]}} | f:1:31: size 0.5 B is out of range; it must lie between 1 B and 1 TB",
        "overlap: all | f:1:10: 'all' is not a value of overlap; valid are none, io, pipeline",
        "dram: {bandwidth: {value: 1 GB/s}} | f:1:19: the key 'from' is missing; add 'from: ...'",
        "dram: {bandwidth: {value: 1 GB/s, from: measured}} | f:1:19: bandwidth is said to be measured but no source is given; add 'source: ...' or write 'from: assumed'",
        "dram: {bandwidth: [1 GB/s]} | f:1:19: found a list; expected a quantity, e.g. 60 GB/s"
      })
  void whatDoesNotFit_isPlacedAndExplained(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(UserException.class).hasMessage(message);
  }

  private static HardwareProfile read(String yaml) {
    HardwareProfile.Builder message = HardwareProfile.newBuilder();
    new MessageReader().read(map(yaml), message);
    return message.build();
  }

  private static YamlMapping map(String yaml) {
    return YamlDocument.parse("f", yaml).asMapping("a mapping");
  }
}
