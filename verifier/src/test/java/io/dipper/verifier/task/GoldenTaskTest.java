package io.dipper.verifier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.tokenizer.Tokenizer;
import io.dipper.tracegen.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The embedded model's items, against log-likelihoods of an independent PyTorch run. */
class GoldenTaskTest {
  @Test
  void likelihoodsAndAccuracies_areThoseOfTheReference() throws IOException {
    Path gguf = SharedData.model("bookworm-3m-q8_0.gguf");
    JsonNode golden =
        new ObjectMapper().readTree(SharedData.testdata("tasks/bookworm.dense.json").toFile());
    try (ModelFile file = ModelFiles.open(gguf);
        Tokenizer tokenizer = Tokenizers.forModel(gguf);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      Task task = Task.read(SharedData.testdata("tasks/bookworm.jsonl"), tokenizer, file.config());
      List<double[]> likelihoods =
          new TaskRunner(model, task, Progress.SILENT).logLikelihoods("", batch -> MlpHook.NONE);
      assertThat(likelihoods).hasSize(200);
      for (int i = 0; i < likelihoods.size(); i++) {
        for (int c = 0; c < 4; c++) {
          assertThat(likelihoods.get(i)[c])
              .as("item %d, choice %d", i, c)
              .isCloseTo(golden.get("log_likelihoods").get(i).get(c).asDouble(), within(1e-3));
        }
      }
      TaskScores scores = TaskScores.of(task.items(), likelihoods);
      assertThat(Accuracy.of(scores.raw()).value())
          .isEqualTo(golden.get("right").asDouble() / 200, within(1e-12));
      assertThat(Accuracy.of(scores.byLength()).value())
          .isEqualTo(golden.get("right_by_length").asDouble() / 200, within(1e-12));
    }
  }
}
