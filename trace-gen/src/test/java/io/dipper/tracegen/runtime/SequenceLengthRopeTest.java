package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RoPE scalings that depend on the length of a sequence see its own, whatever runs beside it. */
class SequenceLengthRopeTest {
  private static final String DYNAMIC = "llama: dynamic beyond the context";
  private static final String LONG_ROPE = "phi3: LongRoPE as longrope";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {DYNAMIC, LONG_ROPE})
  void evaluate_ofLongAndShortWindowsTogetherIsEvaluateOfEach(String name) throws IOException {
    int[] ids = write(name);
    List<Window> windows = List.of(new Window(ids, 1), new Window(Arrays.copyOf(ids, 20), 1));
    try (ModelFile file = ModelFiles.open(folder);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(1))) {
      List<float[]> together = model.evaluate(windows, MlpHook.NONE, Progress.SILENT).nll();
      for (int w = 0; w < 2; w++) {
        float[] alone =
            model.evaluate(windows.subList(w, w + 1), MlpHook.NONE, Progress.SILENT).nll().get(0);
        assertThat(together.get(w)).isEqualTo(alone);
      }
      // The short one is within the original context, so its start is not that of the long one.
      assertThat(together.get(1)[18]).isNotCloseTo(together.get(0)[18], within(1e-3f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DYNAMIC, LONG_ROPE})
  void extend_inChunksSeesTheAnnouncedLength(String name) throws IOException {
    int[] ids = write(name);
    try (ModelFile file = ModelFiles.open(folder);
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(1))) {
      List<Window> window = List.of(new Window(ids, 1));
      float[] whole = model.evaluate(window, MlpHook.NONE, Progress.SILENT).nll().get(0);
      try (DenseModel.Sequence sequence = model.begin(0, ids.length)) {
        for (int first = 0; first < ids.length; first += 16) {
          int[] targets = Arrays.copyOfRange(ids, first + 1, Math.min(ids.length, first + 17));
          int[] tokens = Arrays.copyOfRange(ids, first, first + 16);
          float[] nll = sequence.extend(tokens, targets, MlpHook.NONE);
          for (int i = 0; i < nll.length; i++) {
            assertThat(nll[i]).isCloseTo(whole[first + i], within(1e-4f));
          }
        }
      }
    }
  }

  /** Writes a golden configuration; the ids that go with it. */
  private int[] write(String name) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode golden = json.readTree(SharedData.testdata("model-configs/hf.json").toFile());
    for (JsonNode row : golden.get("configurations")) {
      if (row.get("name").asText().equals(name)) {
        JsonNode layout = golden.get("layouts").get(row.get("layout").asText());
        TinyModel.write(folder, row.get("config"), layout);
      }
    }
    return json.convertValue(golden.get("ids"), int[].class);
  }
}
