package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantiseTest {
  @TempDir private Path folder;

  /** The embedded model has 8 bits already, so it comes out as it went in. */
  @Test
  void theTypeThatAModelHas_changesNoByte() throws IOException {
    Path same = folder.resolve("same.gguf");
    dipper("quantise", "--model", Bookworm.MODEL, "--type", "q8_0", "-o", same).succeeds();
    assertThat(Files.mismatch(Bookworm.MODEL, same)).isEqualTo(-1);
  }

  /** Rows of 512 weights are whole blocks of 256, rows of 192 are not. */
  @Test
  void layersTakeTheType_orTheFallback_andOthersStay() {
    Path small = folder.resolve("small.gguf");
    dipper("quantise", "--model", Bookworm.MODEL, "--type", "q3_k", "-o", small).succeeds();
    try (ModelFile model = ModelFiles.open(small)) {
      Map<TensorRole, String> types =
          Map.of(
              TensorRole.DOWN, "Q3_K",
              TensorRole.UP, "Q4_0",
              TensorRole.GATE, "Q4_0",
              TensorRole.QUERY, "Q4_0",
              TensorRole.MLP_NORM, "F32");
      types.forEach(
          (role, type) -> assertThat(tensor(model, role, 0).type()).as("%s", role).isEqualTo(type));
      assertThat(model.config().quantisation()).isEqualTo("Q3_K_S");
      assertThat(tensor(model, TensorRole.EMBEDDING, -1).type()).isEqualTo("Q8_0");
    }
  }

  @Test
  void pruning_zeroesFeedForwardMatricesAlone() {
    Path pruned = folder.resolve("pruned.gguf");
    dipper("quantise", "--model", Bookworm.MODEL, "--prune", "2:4", "-o", pruned).succeeds();
    try (ModelFile before = ModelFiles.open(Bookworm.MODEL);
        ModelFile after = ModelFiles.open(pruned)) {
      for (TensorRole role : new TensorRole[] {TensorRole.UP, TensorRole.GATE, TensorRole.DOWN}) {
        float[] weights = weights(after, role);
        for (int i = 0; i < weights.length; i += 4) {
          int zeros = 0;
          for (int j = i; j < i + 4; j++) {
            zeros += weights[j] == 0 ? 1 : 0;
          }
          assertThat(zeros).as("%s at %d", role, i).isGreaterThanOrEqualTo(2);
        }
      }
      assertThat(weights(after, TensorRole.QUERY)).isEqualTo(weights(before, TensorRole.QUERY));
    }
  }

  @Test
  void whatCannotBe_isOneLine() throws IOException {
    Path out = folder.resolve("out.gguf");
    assertThat(dipper("quantise", "--model", Bookworm.MODEL, "-o", out).isRefused())
        .contains("Give --type, --prune or both");
    assertThat(quantise("--type", "q7", out).isRefused())
        .contains("--type q7: is not written; use one of f16, q4_0, q8_0");
    assertThat(quantise("--prune", "3:2", out).isRefused()).contains("--prune 3:2: use");
    assertThat(
            dipper("quantise", "--model", Bookworm.TEXT, "--type", "q4_0", "-o", out).isRefused())
        .contains("does not begin with GGUF");
    Path types = SharedData.testdata("golden/gguf-types/all-types.gguf");
    assertThat(
            dipper("quantise", "--model", types, "--type", "q4_0", "-o", types, "--force")
                .isRefused())
        .contains("would be written over");
    Files.writeString(out, "mine");
    assertThat(quantise("--type", "q4_0", out).isRefused()).contains("is not a GGUF file");
    assertThat(out).hasContent("mine");
  }

  private static Run quantise(String option, String value, Path out) {
    return dipper("quantise", "--model", Bookworm.MODEL, option, value, "-o", out);
  }

  private static float[] weights(ModelFile model, TensorRole role) {
    WeightTensor tensor = tensor(model, role, 1);
    float[] weights = new float[tensor.rows() * tensor.columns()];
    tensor.decode(0, tensor.rows(), weights, 0);
    return weights;
  }

  private static WeightTensor tensor(ModelFile model, TensorRole role, int layer) {
    return model.tensor(role, layer).orElseThrow();
  }
}
