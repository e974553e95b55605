package io.dipper.hwsim.profile.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.progress.Progress;
import io.dipper.proto.Capacity;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeFitTest {
  private static final double BANDWIDTH = 200e9;
  private static final List<String> SHAPES =
      List.of(
          "llama-3.2-1b",
          "smollm2-1.7b",
          "gemma-3-4b",
          "phi-3-mini",
          "qwen3-8b",
          "mistral-7b",
          "llama-3-8b",
          "phi-4");

  @TempDir private Path folder;

  @Test
  void theNumbersOfASimulatedDevice_areFoundAgain() throws IOException {
    Processor.Builder processor = Processor.newBuilder().setPortEfficiency(q(0.8));
    processor.setKernel(q(4e-6));
    DecodeFit fit = fit(csv(processor.build(), List.of("q4_k_m")));
    assertThat(fit.processor().getPortEfficiency().getValue())
        .isCloseTo(0.8, Percentage.withPercentage(0.1));
    assertThat(fit.processor().getKernel().getValue())
        .isCloseTo(4e-6, Percentage.withPercentage(0.3));
    assertThat(fit.processor().hasDequantise()).isFalse();
    assertThat(fit.heldError(100)).isLessThan(1e-3);
    assertThat(fit.processor().getKernel().getSource())
        .startsWith("decode fit to 4 rows; 4 held rows: median error 0.0 %");
  }

  @Test
  void ofSeveralTypes_thoseThatLimitGetTheirRate_andOthersOneThatThePortHides() throws IOException {
    Processor.Builder processor = Processor.newBuilder().setPortEfficiency(q(0.8));
    processor.setKernel(q(4e-6));
    // 4-bit weights come at 284 G/s through the port, and slower through the processor.
    processor.getDequantiseBuilder().setQ40(q(150e9)).setQ80(q(10e12));
    DecodeFit fit = fit(csv(processor.build(), List.of("q4_0", "q8_0")));
    assertThat(fit.processor().getDequantise().getQ40().getValue())
        .isCloseTo(150e9, Percentage.withPercentage(1));
    assertThat(fit.processor().getDequantise().getQ80().getValue())
        .isCloseTo(0.8 * BANDWIDTH * 8 / 8.5, Percentage.withPercentage(1));
    assertThat(fit.processor().getPortEfficiency().getValue())
        .isCloseTo(0.8, Percentage.withPercentage(1));
    assertThat(fit.heldError(100)).isLessThan(0.02);
  }

  @Test
  void rowsWithoutARole_areHeldEveryOtherOne() throws IOException {
    Path file = write("t.csv", "shape,quant,tokens_per_second\n" + row(10) + row(11) + row(12));
    assertThat(DecodeTable.read(file, "").rows())
        .extracting(DecodeRow::held)
        .containsExactly(false, true, false);
    assertThat(DecodeTable.read(file, "").rows().get(0).positions()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lama-2-7b,q4_0,10 | :2: unknown shape 'lama-2-7b'; did you mean 'llama-2-7b'?
          llama-2-7b,q4,10 | :2: unknown quantisation 'q4'
          llama-2-7b,q4_0,fast | :2: tokens_per_second 'fast' is not a number
          llama-2-7b,q4_0 | :2: there is no tokens_per_second
          """)
  void aWrongRow_isPointedAt(String row, String message) throws IOException {
    Path file = write("t.csv", "shape,quant,tokens_per_second\n" + row + "\n");
    assertThatThrownBy(() -> DecodeTable.read(file, ""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void severalDevices_areChosenAmong_andTooFewRowsRefused() throws IOException {
    Path file =
        write(
            "t.csv",
            "device,shape,quant,tokens_per_second\nM1,"
                + row(10)
                + "M2,"
                + row(11)
                + "M2,"
                + row(9));
    assertThatThrownBy(() -> DecodeTable.read(file, ""))
        .hasMessageContaining("there are several devices; choose one with --device");
    assertThatThrownBy(() -> DecodeTable.read(file, "M3"))
        .hasMessageContaining("no row's device begins with 'M3'");
    DecodeTable two = DecodeTable.read(file, "M2");
    assertThat(two.rows()).hasSize(2);
    assertThatThrownBy(() -> DecodeFit.of(two, BANDWIDTH, "me"))
        .hasMessageContaining("1 rows to fit and 1 to test; at least 2 and 1 are needed");
  }

  @Test
  void llamaBench_isReadByTheNameOfTheModelsFile() throws IOException {
    String test =
        "{'build_commit': 'abc123', 'gpu_info': 'Some GPU', 'backends': 'Vulkan', 'model_filename':"
            + " 'models/%s', 'model_n_params': %s, 'n_prompt': %d, 'n_gen': %d, 'avg_ts': 50.5}";
    String good =
        String.format(Locale.ROOT, test, "Meta-Llama-3-8B.Q4_K_M.gguf", "8030261312", 0, 64);
    String prompt =
        String.format(Locale.ROOT, test, "Meta-Llama-3-8B.Q4_K_M.gguf", "8030261312", 512, 0);
    DecodeTable table = DecodeTable.read(json(prompt + "," + good), "");
    assertThat(table.device()).isEqualTo("Some GPU");
    assertThat(table.backend()).isEqualTo("llama.cpp, GPU");
    assertThat(table.build()).isEqualTo("abc123");
    assertThat(table.rows()).hasSize(1);
    DecodeRow row = table.rows().get(0);
    assertThat(row.shape().name()).isEqualTo("llama-3-8b");
    assertThat(row.quantisation().name()).isEqualTo("q4_k_m");
    assertThat(row.positions()).isEqualTo(32);
    assertThat(row.tokensPerSecond()).isEqualTo(50.5);
    String other = String.format(Locale.ROOT, test, "Meta-Llama-3-8B.Q4_K_M.gguf", "1e9", 0, 64);
    assertThatThrownBy(() -> DecodeTable.read(json(other), ""))
        .hasMessageContaining(
            "has 1.00e+09 weights, and llama-3-8b, which its name tells, 8.03e+09");
    String unknown = String.format(Locale.ROOT, test, "m.gguf", "1e9", 0, 64);
    assertThatThrownBy(() -> DecodeTable.read(json(unknown), ""))
        .hasMessageContaining("the name models/m.gguf tells no known shape");
    assertThatThrownBy(() -> DecodeTable.read(json(prompt), ""))
        .hasMessageContaining("run llama-bench with -p 0 -n 128");
  }

  private static String row(double speed) {
    return "llama-2-7b,q4_0," + speed + "\n";
  }

  private Path json(String tests) throws IOException {
    return write("bench.json", "[" + tests.replace('\'', '"') + "]");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static DecodeFit fit(Path csv) {
    return DecodeFit.of(DecodeTable.read(csv, ""), BANDWIDTH, "simulated");
  }

  /** What the simulated device takes for every model, in the order of a table. */
  private Path csv(Processor processor, List<String> quants) throws IOException {
    HardwareProfile.Builder device = HardwareProfile.newBuilder().setName("made up");
    device.getFlashBuilder().setMaxBandwidth(q(1e12));
    device.getDramBuilder().setBandwidth(q(BANDWIDTH));
    device.setProcessor(processor);
    List<String> lines = new ArrayList<>(List.of("shape,quant,tokens,tokens_per_second,role"));
    for (String quant : quants) {
      for (String shape : SHAPES) {
        String role = SHAPES.indexOf(shape) % 2 == 0 ? "fit" : "test";
        lines.add(shape + "," + quant + ",16," + speed(device.build(), shape, quant) + "," + role);
      }
    }
    return Files.write(folder.resolve("t.csv"), lines);
  }

  private static double speed(HardwareProfile device, String shape, String quant) {
    Simulation simulation =
        Simulation.of(new ShapeRecording(ModelShapes.find(shape), 16), 1, Progress.SILENT)
            .quantised(Quantisations.find(quant));
    PointConfig point =
        PointConfig.newBuilder()
            .setHardware(device)
            .setPolicy(Policies.parse("dense"))
            .setCapacity(Capacity.newBuilder().setDramFraction(1))
            .build();
    return simulation.run(simulation.complete(point)).row().time().tokensPerSecond();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
