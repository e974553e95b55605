package io.dipper.tracegen.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.predictor.Predictor;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTrainerTest {
  private static final PredictorForm FORM = new PredictorForm(8, false, 0, Site.GLU, 0.5);
  private static final Descent DESCENT = new Descent(2, 64, 3e-3, 0.2, 1);

  @TempDir private Path folder;

  @Test
  void weights_doNotDependOnThreads_norOnWhatWasTrainedBefore() throws IOException {
    Predictor alone = train(FORM, "a", 1);
    assertSame(train(FORM, "b", 3), alone);
    FinishedLayers kept = kept("b");
    List<Path> layers;
    try (Stream<Path> files = Files.list(kept.folder())) {
      layers = files.sorted().toList();
    }
    assertThat(layers).hasSize(alone.layers().size());
    Files.delete(layers.get(1));
    Files.delete(layers.get(3));
    assertSame(train(FORM, "b", 1), alone);
    kept.remove();
    assertThat(kept.folder()).doesNotExist();
  }

  @Test
  void moreThanChance_isFound_byEveryForm() {
    for (PredictorForm form :
        List.of(
            new PredictorForm(8, false, 0, Site.GLU, 0.5),
            new PredictorForm(8, true, 0, Site.GATE, 0.5),
            new PredictorForm(8, false, 1, Site.UP, 0.5))) {
      try (TraceReader trace = trace()) {
        PredictorTrainer.Trained trained =
            new PredictorTrainer(form, DESCENT)
                .train(trace, kept(form.target().id()), 2, Progress.SILENT);
        assertThat(trained.recall()).as(form.toString()).isBetween(0.52, 0.95);
        assertThat(trained.predictor().look().layersBack()).isEqualTo(form.layersBack());
      }
    }
  }

  @Test
  void aRankAboveTheLayersWidth_isRefused() {
    PredictorForm wide = new PredictorForm(5000, false, 0, Site.GLU, 0.5);
    assertThatThrownBy(() -> train(wide, "wide", 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("rank 5000 is more than the");
  }

  @Test
  void aLayerThatIsNone_isNamed() throws IOException {
    Predictor trained = train(FORM, "c", 1);
    assertThat(trained.rank()).isEqualTo(8);
    Path layer;
    try (Stream<Path> files = Files.list(kept("c").folder())) {
      layer = files.sorted().toList().get(0);
    }
    Files.write(layer, new byte[3]);
    assertThatThrownBy(() -> train(FORM, "c", 1))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(layer.toString());
  }

  private Predictor train(PredictorForm form, String name, int threads) {
    try (TraceReader trace = trace()) {
      return new PredictorTrainer(form, DESCENT)
          .train(trace, kept(name), threads, Progress.SILENT)
          .predictor();
    }
  }

  private FinishedLayers kept(String name) {
    return new FinishedLayers(folder.resolve(name), "0123456789abcdef0123");
  }

  private static TraceReader trace() {
    return TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));
  }

  private static void assertSame(Predictor one, Predictor other) {
    assertThat(one.layers()).hasSameSizeAs(other.layers());
    for (int l = 0; l < one.layers().size(); l++) {
      assertThat(one.layers().get(l).inner()).containsExactly(other.layers().get(l).inner());
      assertThat(one.layers().get(l).outer()).containsExactly(other.layers().get(l).outer());
    }
  }
}
