package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
  private static final String THREE =
      """
      extends: apple-a18
      processor:
        layer_synchronisation: 9 us
        kernel_launch: {value: 3 us, from: measured, source: "both"}
        backend: gpu
        backends:
          - {name: cpu, software: llama.cpp, build: "1", port_efficiency: 50%, kernel_launch: 0 s}
          - {name: gpu, software: llama.cpp, port_efficiency: 80%, dequantise: {q4_k: 200 Gweights/s}}
          - {name: npu, peak: 30 TOPS}
      """;

  @TempDir private Path folder;

  @Test
  void aBackend_hasItsOwnNumbers_andTheOthersOfTheProcessor() throws IOException {
    HardwareProfile all = profile(THREE);
    assertThat(Backends.names(all)).containsExactly("cpu", "gpu", "npu");
    HardwareProfile cpu = Backends.choose(all, "cpu");
    Processor processor = cpu.getProcessor();
    assertThat(processor.getName()).isEqualTo("cpu");
    assertThat(processor.getBuild()).isEqualTo("1");
    assertThat(processor.getBackendsCount()).isZero();
    // A zero that a backend gives is not what stands beside it.
    assertThat(processor.getKernelLaunch()).isEqualTo(Quantity.getDefaultInstance());
    assertThat(processor.getLayerSynchronisation().getValue()).isEqualTo(9e-6);
    assertThat(cpu.getDram().getEfficiency().getValue()).isEqualTo(0.5);
    assertThat(Backends.choose(all, "npu").getDram()).isEqualTo(all.getDram());
    assertThat(Backends.choose(all, "npu").getProcessor().getPeak().getValue()).isEqualTo(30e12);
  }

  @Test
  void vramOfABackend_isThatOnesAlone() throws IOException {
    String vram = "vram: {capacity: 8 GB, bandwidth: 500 GB/s%s}\n";
    HardwareProfile ofGpu = profile(THREE + String.format(vram, ", backend: gpu"));
    assertThat(Backends.choose(ofGpu, "gpu").getVram()).isEqualTo(ofGpu.getVram());
    assertThat(Backends.choose(ofGpu, "cpu").hasVram()).isFalse();
    HardwareProfile ofAll = profile(THREE + String.format(vram, ""));
    assertThat(Backends.choose(ofAll, "cpu").getVram()).isEqualTo(ofAll.getVram());
  }

  @Test
  void theDefault_isTheNamedOne_orTheFirst() throws IOException {
    HardwareProfile named = profile(THREE);
    assertThat(Backends.choose(named, "")).isEqualTo(Backends.choose(named, "gpu"));
    HardwareProfile first = profile(THREE.replace("  backend: gpu\n", ""));
    assertThat(Backends.choose(first, "")).isEqualTo(Backends.choose(first, "cpu"));
  }

  @Test
  void aDeviceWithOneProcessor_isWhatItWas() {
    for (String name : HardwareProfiles.list()) {
      HardwareProfile device = HardwareProfiles.resolve(name).profile();
      if (device.getProcessor().getBackendsCount() == 0) {
        assertThat(Backends.choose(device, "")).isSameAs(device);
      }
    }
    HardwareProfile paper = HardwareProfiles.resolve("paper").profile();
    assertThatThrownBy(() -> Backends.choose(paper, "gpu"))
        .isInstanceOf(UserException.class)
        .hasMessage("paper has no backend 'gpu'; its processor has no name");
  }

  @Test
  void aBackendThatIsNotThere_isAnsweredWithTheNearest() throws IOException {
    HardwareProfile device = profile(THREE);
    assertThatThrownBy(() -> Backends.choose(device, "gpus"))
        .hasMessageContaining("has no backend 'gpus'; did you mean 'gpu'?");
  }

  @Test
  void whatIsShown_isReadBack() throws IOException {
    ResolvedProfile resolved = resolve(THREE);
    Path shown = Files.writeString(folder.resolve("shown.yaml"), resolved.show());
    assertThat(HardwareProfiles.resolve(shown.toString()).profile()).isEqualTo(resolved.profile());
    assertThat(resolved.show()).contains("200 Gweights/s");
  }

  private HardwareProfile profile(String yaml) throws IOException {
    return resolve(yaml).profile();
  }

  private ResolvedProfile resolve(String yaml) throws IOException {
    return HardwareProfiles.resolve(
        Files.writeString(folder.resolve("mine.yaml"), yaml).toString());
  }
}
