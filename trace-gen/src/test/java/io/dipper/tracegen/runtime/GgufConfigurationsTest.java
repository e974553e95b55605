package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.testing.NamedGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small GGUF models in the configurations that files come in give llama.cpp's negative
 * log-likelihood; see {@code testdata/model-configs/generate_gguf.py}.
 */
class GgufConfigurationsTest {
  private static final int VOCABULARY = 320;
  private static final int BLOCK = 48;
  private static final int[] IDS = NamedGguf.ids();

  /** What fp32 sums in another order make. */
  private static final double ROUNDING = 2e-5;

  /** llama.cpp's GELU is a table in fp16; most after the 62 layers of one case. */
  private static final double GELU_TABLE = 3e-4;

  static Stream<String> names() {
    return NamedGguf.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nll_isThatOfLlamaCpp(String name, @TempDir Path folder) throws IOException {
    NamedGguf model = NamedGguf.named(name);
    Path file = Files.write(folder.resolve("model.gguf"), model.writer().bytes());

    double tolerance = name.startsWith("gemma3") ? GELU_TABLE : ROUNDING;
    assertThat(nll(file)).isEqualTo(model.expectedNll(), withPrecision(tolerance));
  }

  static double nll(Path file) {
    double sum = 0;
    try (ModelFile opened = ModelFiles.open(file);
        DenseModel dense = new DenseModel(opened, RuntimeOptions.withThreads(1))) {
      for (int start = 0; start < IDS.length; start += BLOCK) {
        int[] block = Arrays.copyOfRange(IDS, start, start + BLOCK);
        float[] logits = dense.logits(block);
        for (int i = 0; i + 1 < BLOCK; i++) {
          sum += loss(logits, i * VOCABULARY, block[i + 1]);
        }
      }
    }
    return sum / (2 * (BLOCK - 1));
  }

  private static double loss(float[] logits, int row, int id) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < VOCABULARY; v++) {
      highest = Math.max(highest, logits[row + v]);
    }
    double sum = 0;
    for (int v = 0; v < VOCABULARY; v++) {
      sum += Math.exp(logits[row + v] - highest);
    }
    return highest + Math.log(sum) - logits[row + id];
  }
}
