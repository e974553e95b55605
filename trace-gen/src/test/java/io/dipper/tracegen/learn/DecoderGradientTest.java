package io.dipper.tracegen.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.adapter.AdapterTarget;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.TokenIds;
import io.dipper.tracegen.corpus.Window;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.FrozenMatrices;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Nd4jBackend;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.tracegen.runtime.Workers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class DecoderGradientTest {
  private static final int TOKENS = 12;

  @BeforeAll
  static void start() {
    Nd4jBackend.start();
  }

  /**
   * Zeroes the same units whenever it is asked, so that a difference of losses is a slope: some of
   * every site, by their place alone.
   */
  private static final MlpHook FIXED =
      (site, layer, sequence, firstPosition, rows, values) -> {
        int share = site == Site.X ? 3 : site == Site.GLU ? 2 : 5;
        for (int i = 0; i < values.length; i++) {
          values[i] = (i * 7 + layer) % share == 0 ? 0 : values[i];
        }
      };

  private static int[] tokens(int count) {
    return Arrays.copyOf(
        TokenIds.read(SharedData.testdata("golden/bookworm-heldout.ids.i32le"), 4096), count);
  }

  /** Central differences in float64, of entries of every map of the first and the last layer. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradients_areThoseOfDifferences(boolean toDense) {
    int[] tokens = tokens(TOKENS);
    AdapterForm form = new AdapterForm(3, EnumSet.allOf(AdapterTarget.class), 5);
    Workers workers = new Workers(2);
    try (workers;
        ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"))) {
      DecoderGradient decoder =
          new DecoderGradient(new FrozenMatrices(file), form, TOKENS, DataType.DOUBLE, workers);
      Random random = new Random(9);
      decoder.maps().values().forEach(map -> fill(map.outer(), random));
      INDArray dense = toDense ? decoder.dense(tokens) : null;
      decoder.gradient(tokens, FIXED, dense);
      for (Map.Entry<DecoderGradient.Key, TrainedMap> entry : decoder.maps().entrySet()) {
        int layer = entry.getKey().layer();
        TrainedMap map = entry.getValue();
        if (layer == 0 || layer == 5) {
          INDArray ofInner = map.innerGradient().dup();
          INDArray ofOuter = map.outerGradient().dup();
          assertSlope(decoder, tokens, dense, map.inner(), ofInner, random);
          assertSlope(decoder, tokens, dense, map.outer(), ofOuter, random);
        }
      }
    }
  }

  private static void fill(INDArray matrix, Random random) {
    for (int r = 0; r < matrix.rows(); r++) {
      for (int c = 0; c < matrix.columns(); c++) {
        matrix.putScalar(r, c, 0.05 * random.nextGaussian());
      }
    }
  }

  /** Along a random direction, so that every entry counts. */
  private static void assertSlope(
      DecoderGradient decoder,
      int[] tokens,
      @Nullable INDArray dense,
      INDArray weights,
      INDArray gradient,
      Random random) {
    INDArray direction = weights.dup('c');
    fill(direction, random);
    double step = 1e-4;
    weights.addi(direction.mul(step));
    double above = decoder.loss(tokens, FIXED, dense);
    weights.subi(direction.mul(2 * step));
    double below = decoder.loss(tokens, FIXED, dense);
    weights.addi(direction.mul(step));
    double slope = (above - below) / (2 * step);
    double expected = gradient.mul(direction).sumNumber().doubleValue();
    assertThat(slope)
        .isCloseTo(expected, within(1e-3 * Math.max(Math.abs(slope), Math.abs(expected)) + 1e-9));
  }

  @Test
  void theDensePass_isThatOfTheRuntime() {
    int[] tokens = tokens(256);
    AdapterForm form = new AdapterForm(2, EnumSet.of(AdapterTarget.UP), 5);
    try (Workers workers = new Workers(2);
        ModelFile file = ModelFiles.open(SharedData.model("bookworm-3m-q8_0.gguf"));
        DenseModel model = new DenseModel(file, RuntimeOptions.withThreads(2))) {
      DecoderGradient decoder =
          new DecoderGradient(new FrozenMatrices(file), form, 256, DataType.FLOAT, workers);
      double expected =
          model.evaluate(List.of(new Window(tokens, 1)), MlpHook.NONE, Progress.SILENT).blockSum(0)
              / 255;
      assertThat(decoder.denseNll(tokens)).isCloseTo(expected, within(1e-4 * expected));
      assertThat(decoder.loss(tokens, MlpHook.NONE, decoder.dense(tokens)))
          .isCloseTo(0, within(1e-5));
    }
  }
}
