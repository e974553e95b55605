package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.adapter.Adapter;
import io.dipper.adapter.AdapterFolder;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model with an adapter against the same in PyTorch. */
class AdaptedModelTest {
  private static final Path ADAPTER = SharedData.testdata("adapters/bookworm-random");

  /**
   * A random adapter on all seven matrices of two layers, rank-stabilised. The reference is the
   * model's dequantised weights in Transformers with {@code y + scale (x Aᵀ) Bᵀ} after each adapted
   * module, fp32: its summed NLL of the first two blocks, and three of its logits.
   */
  @Test
  void logitsAndNll_areThoseOfTheReference() {
    int[] tokens =
        Arrays.copyOf(
            TokenIds.read(SharedData.testdata("golden/bookworm-heldout.ids.i32le"), 4096), 512);
    Adapter adapter = AdapterFolder.read(ADAPTER);
    try (ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"));
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      adapter.check(ADAPTER, file.config().shape());
      List<Window> windows = new Protocol.Disjoint(256).windows(tokens, -1);
      double plain = nll(model.evaluate(windows, MlpHook.NONE, Progress.SILENT));
      model.use(adapter);
      double adapted = nll(model.evaluate(windows, MlpHook.NONE, Progress.SILENT));
      assertThat(adapted).isCloseTo(2627.7255859375, within(1e-4 * 2627.7));
      float[] logits = model.logits(Arrays.copyOf(tokens, 256));
      int vocabulary = file.config().shape().getVocabularySize();
      assertThat(logits[0]).isCloseTo(-17.911467f, within(1e-3f));
      assertThat(logits[10 * vocabulary + 100]).isCloseTo(-20.629124f, within(1e-3f));
      assertThat(logits[255 * vocabulary + 4095]).isCloseTo(-5.08078f, within(1e-3f));
      model.use(null);
      assertThat(nll(model.evaluate(windows, MlpHook.NONE, Progress.SILENT))).isEqualTo(plain);
    }
  }

  private static double nll(Perplexity perplexity) {
    double sum = 0;
    for (int b = 0; b < perplexity.blocks(); b++) {
      sum += perplexity.blockSum(b);
    }
    return sum;
  }
}
