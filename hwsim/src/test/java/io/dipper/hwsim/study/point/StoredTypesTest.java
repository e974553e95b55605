package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that have times of several types of as many bits, beside devices that have one. */
class StoredTypesTest {
  private static final String Q4_0 = "q4_0: 2 Gweights/s";
  private static final String Q4_K = "q4_k: 1 Gweights/s";

  @TempDir private Path folder;

  private HardwareProfile device(String dequantise, String vector) throws IOException {
    String text =
        "extends: apple-a18\nprocessor:\n  dequantise: {"
            + dequantise
            + "}\n  multiply_per_vector: {"
            + vector
            + "}\n";
    Path file = Files.writeString(folder.resolve("d.yaml"), text);
    return HardwareProfiles.resolve(file.toString()).profile();
  }

  private static PointConfig partial(HardwareProfile device) {
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse("dense"))
        .setCapacity(Capacities.dram("100%"))
        .build();
  }

  private static Simulation simulation() {
    return Simulation.of(
        new ShapeRecording(ModelShapes.find("llama-3.2-1b"), 4), 1, Progress.SILENT);
  }

  private static Simulation named(String quant) {
    return simulation().quantised(Quantisations.find(quant));
  }

  private static PointConfig bits(HardwareProfile device) {
    WeightBits bits = WeightBits.newBuilder().setMlp(4.5).setAttention(4.5).setHead(6.5625).build();
    return simulation().complete(partial(device).toBuilder().setBits(bits).build());
  }

  @ParameterizedTest
  @CsvSource({"q4_0, q4_0", "q4_k, q4_k", "q4_k_m, q4_k", "q6_k, q4_0", "q8_0, q4_0"})
  void aNamedQuantisation_takesTheTimesOfItsType(String quant, String kept) throws IOException {
    HardwareProfile both =
        device(Q4_K + ", " + Q4_0 + ", q6_k: 3 Gweights/s", "q4_0: 1 us, q4_k: 2 us");
    HardwareProfile one =
        kept.equals("q4_0")
            ? device(Q4_0 + ", q6_k: 3 Gweights/s", "q4_0: 1 us")
            : device(Q4_K + ", q6_k: 3 Gweights/s", "q4_k: 2 us");
    PointConfig point = named(quant).complete(partial(both));
    assertThat(ConfigDigest.of(point))
        .isEqualTo(ConfigDigest.of(named(quant).complete(partial(one))));
    assertThat(point.getHardware().getProcessor())
        .isEqualTo(named(quant).complete(partial(one)).getHardware().getProcessor());
    assertThat(named(quant).run(point).timing().tokensPerSecond())
        .isEqualTo(
            named(quant).run(named(quant).complete(partial(one))).timing().tokensPerSecond());
  }

  @Test
  void bitsAlone_takeTheSimplerTypesTimes() throws IOException {
    HardwareProfile both = device(Q4_K + ", " + Q4_0 + ", iq4_nl: 3 Gweights/s", "q4_k: 2 us");
    assertThat(bits(both).getWeightTypesList()).isEmpty();
    assertThat(bits(both).getHardware()).isEqualTo(bits(device(Q4_0, "q4_k: 2 us")).getHardware());
    HardwareProfile others = device(Q4_K + ", iq4_nl: 3 Gweights/s", "q4_k: 2 us");
    assertThat(bits(others).getHardware().getProcessor().getDequantise().hasIq4Nl()).isTrue();
    assertThat(bits(others).getHardware().getProcessor().getDequantise().hasQ4K()).isFalse();
  }

  @Test
  void aDeviceWithoutBoth_stays_andItsPointsKeepTheirIdentity() throws IOException {
    HardwareProfile one = device(Q4_K, "q4_0: 1 us");
    for (String quant : new String[] {"q4_0", "q4_k", "f16"}) {
      PointConfig point = named(quant).complete(partial(one));
      assertThat(point.getHardware()).isEqualTo(one);
      assertThat(ConfigDigest.of(point))
          .isEqualTo(ConfigDigest.of(point.toBuilder().clearWeightTypes().build()));
    }
  }

  /** Rows that are no whole blocks are stored in other types. */
  @ParameterizedTest
  @CsvSource({
    "llama-3.2-1b, q4_k, [q4_k]", "llama-3.2-1b, q4_0, []", "llama-3.2-1b, q6_k, []",
    "llama-3.2-1b, q5_k, [q5_k]", "smollm2-135m, q4_k, [q4_k]", "llama-3.2-1b, bf16, [bf16]"
  })
  void typesThatBitsDoNotTell_areNamed(String shape, String quant, String types)
      throws IOException {
    PointConfig config =
        partial(device(Q4_0, "q4_0: 1 us")).toBuilder()
            .setModel(ModelShapes.find(shape).shape())
            .build();
    assertThat(StoredTypes.complete(config, Quantisations.find(quant)).getWeightTypesList())
        .hasToString(types);
  }
}
