package io.dipper.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.predictor.Predictor.Look;
import io.dipper.safetensors.SafetensorsWriter;
import io.dipper.trace.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictorFileTest {
  private static final LowRankMap MAP =
      new LowRankMap(
          3, 2, 4, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 0, -1, 2, 0, 1, 1, -2}, false);

  @TempDir private Path folder;

  @Test
  void logits_areTheProductByHand() {
    float[] logits = new float[4];
    MAP.apply(new float[] {1, -1, 2}, new float[2], logits);
    // x A = (1 - 3 + 10, 2 - 4 + 12) = (8, 10); times B.
    assertThat(logits).containsExactly(8, 10, 2, -4);
  }

  @Test
  void rectified_innerValuesBelowZeroAreZero() {
    LowRankMap rectified = new LowRankMap(3, 2, 4, MAP.inner(), MAP.outer(), true);
    float[] logits = new float[4];
    rectified.apply(new float[] {1, -1, 0}, new float[2], logits);
    // x A = (-2, -2).
    assertThat(logits).containsExactly(0, 0, 0, 0);
  }

  @Test
  void whatIsWritten_isReadBack_andFilesAreEqual() throws IOException {
    Predictor predictor = new Predictor(List.of(MAP, MAP), new Look(1, Site.UP, 0.25, "abc"), 16);
    Path first = write("a", predictor);
    Predictor read = PredictorFile.read(first);
    assertThat(read.look()).isEqualTo(predictor.look());
    assertThat(read.bits()).isEqualTo(16);
    assertThat(read.layers()).hasSize(2);
    assertThat(read.layers().get(1).inner()).containsExactly(MAP.inner());
    assertThat(read.layers().get(1).outer()).containsExactly(MAP.outer());
    assertThat(write("b", read)).hasSameBinaryContentAs(first);
  }

  @ParameterizedTest
  @CsvSource({
    "0, too short for safetensors",
    "7, too short for safetensors",
    "40, not a whole safetensors file",
    "-1, has data_offsets"
  })
  void truncated_isOneLine(int length, String why) throws IOException {
    Path file = write("cut", new Predictor(List.of(MAP), new Look(0, Site.GLU, 0.5, ""), 16));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, Math.floorMod(length, bytes.length)));
    assertThatThrownBy(() -> PredictorFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void anotherSafetensorsFile_isNoPredictor() throws IOException {
    Path file = write("model", new SafetensorsWriter(Map.of()).add("w", 1, 1, new float[1]));
    assertThatThrownBy(() -> PredictorFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no predictor");
  }

  @ParameterizedTest
  @CsvSource({
    "form, cubic, linear or relu",
    "target, x, 'glu, gate or up'",
    "layers_back, 2, 0 or 1",
    "keep, half, a number",
    "bits, 0, a number above 0"
  })
  void metadataThatCannotBe_isNamed(String key, String value, String expected) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "dipper-predictor-1");
    metadata.put("form", "linear");
    metadata.put("target", "glu");
    metadata.put("layers_back", "0");
    metadata.put("keep", "0.5");
    metadata.put("model_sha256", "");
    metadata.put(key, value);
    Path file =
        write(
            "odd",
            new SafetensorsWriter(metadata)
                .add("layers.0.inner", 3, 2, MAP.inner())
                .add("layers.0.outer", 2, 4, MAP.outer()));
    assertThatThrownBy(() -> PredictorFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has " + key + " '" + value + "'")
        .hasMessageContaining("expected " + expected);
  }

  @Test
  void layersOfTwoShapes_andNumbersThatAreNone_areRefused() throws IOException {
    Map<String, String> metadata = Map.of("format", "dipper-predictor-1", "form", "linear");
    Path shapes =
        write(
            "shapes",
            new SafetensorsWriter(metadata)
                .add("layers.0.inner", 3, 2, MAP.inner())
                .add("layers.0.outer", 1, 8, MAP.outer()));
    assertThatThrownBy(() -> PredictorFile.read(shapes))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("layer 0 has matrices [3, 2] and [1, 8]");
    Path none =
        write(
            "nan",
            new SafetensorsWriter(metadata)
                .add("layers.0.inner", 3, 2, new float[] {1, 2, Float.NaN, 4, 5, 6})
                .add("layers.0.outer", 2, 4, MAP.outer()));
    assertThatThrownBy(() -> PredictorFile.read(none))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("layers.0.inner has NaN at 2");
  }

  private Path write(String name, Predictor predictor) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    try (OutputFile out = OutputFile.result(file)) {
      PredictorFile.write(predictor, out);
      out.commit();
    }
    return file;
  }

  private Path write(String name, SafetensorsWriter writer) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    try (OutputFile out = OutputFile.result(file)) {
      writer.write(out);
      out.commit();
    }
    return file;
  }
}
