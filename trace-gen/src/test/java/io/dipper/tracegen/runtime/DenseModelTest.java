package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.corpus.Protocol;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the forward pass promises, on the embedded model. */
class DenseModelTest {
  private static ModelFile file;
  private static DenseModel model;
  private static int[] tokens;

  @BeforeAll
  static void open() {
    file = ModelFiles.open(SharedData.model("bookworm-3m"));
    model = new DenseModel(file, RuntimeOptions.withThreads(2));
    tokens = TokenIds.read(SharedData.testdata("golden/bookworm-heldout.ids.i32le"), 4096);
  }

  @AfterAll
  static void close() {
    model.close();
    file.close();
  }

  private static List<Window> windows(int length, int count) {
    return new Protocol.Disjoint(length).windows(Arrays.copyOf(tokens, length * count), -1);
  }

  private static Perplexity evaluate(RuntimeOptions options, List<Window> windows) {
    try (DenseModel other = new DenseModel(file, options)) {
      return other.evaluate(windows, MlpHook.NONE, Progress.SILENT);
    }
  }

  @Test
  void evaluate_isTheSameToTheBitForAnyThreadsAndAnyResidentBudget() {
    List<Window> windows = windows(200, 3);
    Perplexity expected = evaluate(new RuntimeOptions(1, Long.MAX_VALUE), windows);

    for (RuntimeOptions options :
        List.of(new RuntimeOptions(3, 0), new RuntimeOptions(2, 4_000_000))) {
      Perplexity actual = evaluate(options, windows);
      for (int block = 0; block < 3; block++) {
        assertThat(actual.nll().get(block)).isEqualTo(expected.nll().get(block));
      }
    }
  }

  @Test
  void steps_withTheBlocksOfANaiveTwin_giveWhatTheWholeModelGives() {
    Window window = windows(48, 1).get(0);
    float[] whole = model.evaluate(List.of(window), MlpHook.NONE, Progress.SILENT).nll().get(0);
    NaiveMlp mlp = new NaiveMlp(file);
    try (TokenSteps steps = model.steps(48)) {
      for (int t = 0; t < whole.length; t++) {
        steps.begin(window.tokens()[t]);
        for (int layer = 0; layer < model.config().shape().getLayers(); layer++) {
          steps.add(mlp.of(layer, steps.attend(layer)));
        }
        assertThat(steps.nll(window.tokens()[t + 1])).isCloseTo(whole[t], within(1e-4f));
      }
    }
  }

  @Test
  void extend_inChunksGivesWhatTheWholeSequenceGives() {
    Window window = windows(256, 1).get(0);
    float[] whole = model.evaluate(List.of(window), MlpHook.NONE, Progress.SILENT).nll().get(0);

    float[] chunked = new float[whole.length];
    try (DenseModel.Sequence sequence = model.begin(0, 256)) {
      for (int first = 0, rows; first < 256; first += rows) {
        rows = Math.min(100, 256 - first);
        int[] targets =
            Arrays.copyOfRange(window.tokens(), first + 1, Math.min(256, first + rows + 1));
        float[] nll =
            sequence.extend(
                Arrays.copyOfRange(window.tokens(), first, first + rows), targets, MlpHook.NONE);
        System.arraycopy(nll, 0, chunked, first, nll.length);
      }
    }

    for (int i = 0; i < whole.length; i++) {
      assertThat(chunked[i]).isCloseTo(whole[i], within(1e-4f));
    }
  }

  @Test
  void evaluate_ofWindowsTogetherIsEvaluateOfEach() {
    List<Window> windows = new ArrayList<>(windows(256, 2));
    windows.add(new Window(Arrays.copyOfRange(tokens, 512, 600), 50));
    Perplexity together = model.evaluate(windows, MlpHook.NONE, Progress.SILENT);

    assertThat(together.scored()).isEqualTo(255 + 255 + 38);
    for (int block = 0; block < 3; block++) {
      List<Window> one = windows.subList(block, block + 1);
      float[] alone = model.evaluate(one, MlpHook.NONE, Progress.SILENT).nll().get(0);
      assertThat(together.nll().get(block)).isEqualTo(alone);
    }
  }

  @Test
  void evaluate_goesOnWithWhatTheHookWrites() {
    List<Window> windows = windows(64, 1);
    MlpHook noInput = (site, layer, sequence, first, rows, values) -> clear(site, Site.X, values);
    MlpHook noOutput =
        (site, layer, sequence, first, rows, values) -> clear(site, Site.GLU, values);

    Perplexity dense = model.evaluate(windows, MlpHook.NONE, Progress.SILENT);
    Perplexity withoutInput = model.evaluate(windows, noInput, Progress.SILENT);
    Perplexity withoutOutput = model.evaluate(windows, noOutput, Progress.SILENT);

    // Without its input an MLP gives 0, as it does when its GLU is 0: both are attention alone.
    assertThat(withoutInput.nll().get(0)).isEqualTo(withoutOutput.nll().get(0));
    assertThat(withoutInput.value()).isGreaterThan(2 * dense.value());
  }

  private static void clear(Site site, Site which, float[] values) {
    if (site == which) {
      Arrays.fill(values, 0);
    }
  }

  @Test
  void hook_seesEachLayersTokensInOrderAndTheGluAsTheProductOfGateAndUp() {
    List<String> calls = new ArrayList<>();
    float[][] seen = new float[Site.values().length][];
    MlpHook hook =
        (site, layer, sequence, first, rows, values) -> {
          if (layer == 2) {
            calls.add(site + " " + sequence + " " + first + " " + rows);
            seen[site.ordinal()] = values.clone();
          }
        };
    model.evaluate(windows(700, 2), hook, Progress.SILENT);

    List<String> expected = new ArrayList<>();
    for (String chunk : List.of("0 0 512", "0 512 188", "1 0 512", "1 512 188")) {
      for (Site site : Site.ofDenseLayers()) {
        expected.add(site + " " + chunk);
      }
    }
    assertThat(calls).isEqualTo(expected);
    for (int i = 0; i < 188 * 512; i++) {
      float gate = seen[Site.GATE.ordinal()][i];
      float up = seen[Site.UP.ordinal()][i];
      assertThat(seen[Site.GLU.ordinal()][i]).isEqualTo(gate * up);
    }
  }

  @Test
  void evaluate_countsEveryToken() {
    long[] counted = new long[2];
    Progress progress =
        new Progress() {
          @Override
          public void start(String task, String unit, long total) {
            counted[0] = total;
          }

          @Override
          public void advance(long done) {
            counted[1] += done;
          }
        };
    model.evaluate(windows(250, 35), MlpHook.NONE, progress);

    assertThat(counted).containsExactly(8750, 8750);
  }

  @Test
  void evaluate_refusesTokensOutsideTheVocabulary() {
    List<Window> windows = List.of(new Window(new int[] {1, 4096}, 1));

    assertThatThrownBy(() -> model.evaluate(windows, MlpHook.NONE, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessage("token 4096: the model's ids go from 0 to 4095");
  }
}
