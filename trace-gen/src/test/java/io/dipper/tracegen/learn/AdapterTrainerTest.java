package io.dipper.tracegen.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.adapter.AdaptedMatrix;
import io.dipper.adapter.AdapterTarget;
import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.testing.OnOneJdk;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.learn.AdapterTrainer.Blocks;
import io.dipper.tracegen.learn.AdapterTrainer.Trained;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.MlpHook;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnOneJdk
class AdapterTrainerTest {
  private static final int BLOCK = 32;
  private static final AdapterForm FORM = new AdapterForm(4, EnumSet.copyOf(AdapterTarget.MLP), 1);
  private static final AdapterDescent DESCENT = new AdapterDescent(12, 0.003, 4, true);

  /** Half of the inputs and two thirds of the GLU units, the same for every token. */
  private static final MlpHook HALF =
      (site, layer, sequence, firstPosition, rows, values) -> {
        int share = site == Site.X ? 2 : site == Site.GLU ? 3 : Integer.MAX_VALUE;
        for (int i = share - 1; i < values.length && i > 0; i += share) {
          values[i] = 0;
        }
      };

  @TempDir private Path folder;

  @Test
  void anAdapter_regainsSomeOfWhatMasksLose_whateverTheThreads() {
    Trained one = train(HALF, 1, "one");
    assertThat(one.loss()).isLessThan(0.9 * one.untrainedLoss());
    assertThat(one.steps()).isEqualTo(12);
    assertEqual(train(HALF, 3, "three"), one);
  }

  @Test
  void aRunThatWasStopped_endsAsOneThatWasNot() {
    Trained whole = train(HALF, 2, "whole");
    int[] calls = {0};
    MlpHook failing =
        (site, layer, sequence, firstPosition, rows, values) -> {
          if (++calls[0] > 200) {
            throw new IllegalStateException("killed");
          }
          HALF.at(site, layer, sequence, firstPosition, rows, values);
        };
    assertThatThrownBy(() -> train(failing, 2, "stopped")).hasMessageContaining("killed");
    assertThat(folder.resolve("stopped.safetensors")).exists();
    assertEqual(train(HALF, 2, "stopped"), whole);
  }

  @Test
  void aCheckpointOfAnotherTraining_isOneLine() {
    train(HALF, 2, "mine");
    AdapterCheckpoint other = new AdapterCheckpoint(folder.resolve("mine.safetensors"), "another");
    assertThatThrownBy(() -> train(HALF, 2, other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is of a training with another model");
  }

  private Trained train(MlpHook hook, int threads, String name) {
    return train(
        hook, threads, new AdapterCheckpoint(folder.resolve(name + ".safetensors"), "identity"));
  }

  private static Trained train(MlpHook hook, int threads, AdapterCheckpoint checkpoint) {
    int[] tokens = TokenIds.read(SharedData.testdata("golden/bookworm-heldout.ids.i32le"), 4096);
    List<int[]> blocks =
        IntStream.range(0, 6)
            .mapToObj(b -> Arrays.copyOfRange(tokens, b * BLOCK, (b + 1) * BLOCK))
            .toList();
    try (ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"))) {
      return new AdapterTrainer(FORM, DESCENT, checkpoint)
          .train(
              file,
              new Blocks(blocks.subList(0, 4), blocks.subList(4, 6)),
              hook,
              threads,
              Progress.SILENT);
    }
  }

  private static void assertEqual(Trained some, Trained other) {
    assertThat(some.loss()).isEqualTo(other.loss());
    List<AdaptedMatrix> matrices = some.adapter().matrices();
    assertThat(matrices).hasSize(18);
    for (int m = 0; m < matrices.size(); m++) {
      AdaptedMatrix same = other.adapter().matrices().get(m);
      assertThat(matrices.get(m).map().inner()).containsExactly(same.map().inner());
      assertThat(matrices.get(m).map().outer()).containsExactly(same.map().outer());
    }
  }
}
