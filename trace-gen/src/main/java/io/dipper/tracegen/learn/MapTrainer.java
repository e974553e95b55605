package io.dipper.tracegen.learn;

import io.dipper.predictor.LowRankMap;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fits one layer's map, on one thread, so that its bits depend on nothing but examples, form,
 * descent and layer.
 */
final class MapTrainer {
  private static final float OUTER_SPREAD = 0.01f;

  private final PredictorForm form;
  private final Descent descent;
  private final LayerExamples examples;
  private final Random random;
  private final int trained;
  private final MapTraining map;

  /**
   * @param trained how many examples are trained on; those behind them are held out
   */
  MapTrainer(PredictorForm form, Descent descent, LayerExamples examples, int trained, int layer) {
    this.form = form;
    this.descent = descent;
    this.examples = examples;
    this.trained = trained;
    this.random = new Random(descent.seed() * 1_000_003 + layer);
    double spread = 1 / Math.sqrt(examples.width());
    INDArray inner = gaussian(examples.width(), form.rank(), spread);
    INDArray outer = gaussian(form.rank(), examples.units(), OUTER_SPREAD);
    this.map = new MapTraining(inner, outer, form.rectified());
  }

  /** The best map by the loss of held-out examples, and how good it is on them. */
  FittedMap fit() {
    FittedMap best = measured();
    int[] order = IntStream.range(0, trained).toArray();
    int perPass = (trained + descent.batch() - 1) / descent.batch();
    int steps = descent.passes() * perPass;
    int waited = 0;
    for (int pass = 0; pass < descent.passes() && waited < Descent.PATIENCE; pass++) {
      shuffle(order);
      for (int b = 0; b < perPass; b++) {
        int from = b * descent.batch();
        int[] rows = Arrays.copyOfRange(order, from, Math.min(trained, from + descent.batch()));
        double rate = descent.learningRate(pass * perPass + b, steps);
        try (Scratch scratch = new Scratch()) {
          INDArray inputs = scratch.of(examples.inputs(rows));
          map.step(inputs, scratch.of(examples.targets(rows)), rate);
        }
      }
      FittedMap now = measured();
      waited = now.loss() < best.loss() ? 0 : waited + 1;
      best = now.loss() < best.loss() ? now : best;
    }
    return best;
  }

  /** The map as it is, with its loss and recall on held-out examples. */
  private FittedMap measured() {
    double loss = 0;
    long found = 0;
    int held = examples.size() - trained;
    for (int from = trained; from < examples.size(); from += descent.batch()) {
      int[] rows =
          IntStream.range(from, Math.min(examples.size(), from + descent.batch())).toArray();
      try (Scratch scratch = new Scratch()) {
        INDArray logits = scratch.of(map.logits(scratch.of(examples.inputs(rows))));
        INDArray targets = scratch.of(examples.targets(rows));
        loss += MapTraining.loss(logits, targets) * rows.length / held;
        for (int i = 0; i < rows.length; i++) {
          found += examples.found(rows[i], logits.getRow(i).toFloatVector());
        }
      }
    }
    double recall = examples.k() == 0 ? 1 : (double) found / ((long) held * examples.k());
    return new FittedMap(copy(), loss, recall);
  }

  private LowRankMap copy() {
    return new LowRankMap(
        examples.width(),
        form.rank(),
        examples.units(),
        values(map.inner()),
        values(map.outer()),
        form.rectified());
  }

  private static float[] values(INDArray matrix) {
    return matrix.dup('c').data().asFloat();
  }

  private INDArray gaussian(int rows, int columns, double spread) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).reshape('c', rows, columns).castTo(DataType.FLOAT);
  }

  private void shuffle(int[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
