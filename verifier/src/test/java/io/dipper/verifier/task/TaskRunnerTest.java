package io.dipper.verifier.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Continuations;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.tokenizer.Tokenizer;
import io.dipper.tracegen.tokenizer.Tokenizers;
import io.dipper.verifier.live.MaskingHook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Items whose context passes the model once, against the naive way: each choice behind its context
 * as a sequence of its own, all of it run.
 */
class TaskRunnerTest {
  private static final Path GGUF = SharedData.model("bookworm-3m-q8_0.gguf");

  /** Of a sum of likelihoods in fp32. */
  private static final double ROUNDING = 1e-4;

  private static final int ITEMS = 6;

  private static ModelFile file;
  private static DenseModel model;
  private static Task task;

  @BeforeAll
  static void open() {
    file = ModelFiles.open(GGUF);
    model = new DenseModel(file, RuntimeOptions.withThreads(2));
    try (Tokenizer tokenizer = Tokenizers.forModel(GGUF)) {
      Task all = Task.read(SharedData.testdata("tasks/bookworm.jsonl"), tokenizer, file.config());
      task =
          new Task(
              all.name(),
              all.sha256(),
              all.items().subList(0, ITEMS),
              all.tokens().subList(0, ITEMS));
    }
  }

  @AfterAll
  static void close() {
    model.close();
    file.close();
  }

  @Test
  void sharedContexts_changeNoLikelihood() {
    List<double[]> shared =
        new TaskRunner(model, task, Progress.SILENT).logLikelihoods("", batch -> MlpHook.NONE);
    assertSame(shared, naive(MlpHook.NONE));
  }

  /** Caches that masks look at, and masks that a prompt locks, see what they see in the whole. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dip:density=0.5 | true",
        "dip:density=0.5 | false",
        "glu:keep=0.3 | true",
        "dip-ca:density=0.5,gamma=0.2 | true",
        "dip-ca:density=0.5,gamma=0.2 | false",
        "prompt-locked:keep=0.5,prompt=8 | true",
        "prompt-locked:keep=0.5,prompt=8 | false"
      })
  void masks_areThoseOfTheWholeSequence(String policy, boolean promptMasked) {
    ModelShape shape = file.config().shape();
    ReplayPoint point =
        new ReplayPoint(
            Policies.create(Policies.parse(policy), new PolicyContext(shape, null)),
            Caches.parse("lfu"),
            columns(policy),
            0);
    List<double[]> shared = new ArrayList<>();
    TaskRunner runner = new TaskRunner(model, task, Progress.SILENT);
    shared.addAll(runner.logLikelihoods("", batch -> runner.hook(point, batch, promptMasked)));
    MaskingHook masks =
        new MaskingHook(
            List.of(point),
            shape,
            windows().stream().mapToInt(window -> window.tokens().length).toArray(),
            null,
            model.workers());
    assertSameButForTurnedMasks(shared, naive(promptMasked ? masks : afterContexts(masks, shape)));
    assertThat(shared.get(0)[0]).isNotEqualTo(naive(MlpHook.NONE).get(0)[0]);
  }

  private static int[] columns(String policy) {
    int[] columns = new int[policy.startsWith("dip") ? 2 : 1];
    Arrays.fill(columns, 100);
    return columns;
  }

  /** What masks change of a context is put back. */
  private static MlpHook afterContexts(MlpHook masks, ModelShape shape) {
    List<Window> windows = windows();
    return (Site site, int layer, int sequence, int first, int rows, float[] values) -> {
      int dense = Math.max(0, Math.min(rows, windows.get(sequence).firstScored() - first));
      float[] kept = Arrays.copyOf(values, dense * site.width(shape));
      masks.at(site, layer, sequence, first, rows, values);
      System.arraycopy(kept, 0, values, 0, kept.length);
    };
  }

  private static List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    for (Continuations item : task.tokens().stream().flatMap(List::stream).toList()) {
      for (int[] text : item.texts()) {
        int[] whole = Arrays.copyOf(item.context(), item.context().length + text.length);
        System.arraycopy(text, 0, whole, item.context().length, text.length);
        windows.add(new Window(whole, item.context().length));
      }
    }
    return windows;
  }

  private static List<double[]> naive(MlpHook hook) {
    var run = model.evaluate(windows(), hook, Progress.SILENT);
    List<double[]> byItem = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      int first = 4 * item;
      double[] each = new double[4];
      Arrays.setAll(each, c -> -run.blockSum(first + c));
      byItem.add(each);
    }
    return byItem;
  }

  private static void assertSame(List<double[]> shared, List<double[]> naive) {
    assertThat(shared).hasSameSizeAs(naive);
    for (int i = 0; i < naive.size(); i++) {
      assertThat(shared.get(i)).as("item %d", i).containsExactly(naive.get(i), within(ROUNDING));
    }
  }

  /**
   * The same but for masks that rounding turns: the matrix library adds up one row and many in
   * different orders, and a unit at the edge of a mask may then fall on the other side. Few choices
   * have such a unit, and it is worth little.
   */
  private static void assertSameButForTurnedMasks(List<double[]> shared, List<double[]> naive) {
    assertThat(shared).hasSameSizeAs(naive);
    int turned = 0;
    for (int i = 0; i < naive.size(); i++) {
      for (int c = 0; c < naive.get(i).length; c++) {
        double expected = naive.get(i)[c];
        double distance = Math.abs(shared.get(i)[c] - expected);
        assertThat(distance).as("item %d, choice %d", i, c).isLessThan(0.03 * Math.abs(expected));
        turned += distance > ROUNDING ? 1 : 0;
      }
    }
    assertThat(turned).as("choices that differ").isLessThanOrEqualTo(naive.size());
  }
}
