package io.dipper.verifier.execute;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.file.LiveModel;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.quant.TensorType;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.Gate;
import io.dipper.tracegen.runtime.TokenSteps;
import io.dipper.tracegen.runtime.WeightRows;
import io.dipper.weight.WeightType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model's embedding, attention, norms and head, with each token scored by the one after it. Its
 * MLPs are computed by who asks for the rest.
 */
final class RunningModel implements LiveModel, AutoCloseable {
  private final ModelFile file;
  private final ModelConfig config;
  private final DenseModel model;
  private final int[] tokens;
  private final Map<Integer, float[]> nll = new LinkedHashMap<>();
  private @Nullable TokenSteps steps;
  private float[] scores = {};
  private int first;
  private int row;

  /**
   * @param file that the model was made of
   * @param tokens of all rows
   * @throws UserException if its MLPs have biases, which no product adds
   */
  RunningModel(ModelFile file, DenseModel model, int[] tokens) {
    this.file = file;
    this.config = file.config();
    this.model = model;
    this.tokens = tokens.clone();
    boolean biased =
        Stream.of(TensorRole.GATE_BIAS, TensorRole.UP_BIAS, TensorRole.DOWN_BIAS)
            .anyMatch(bias -> file.tensor(bias, 0).isPresent());
    if (biased) {
      throw new UserException("execute --model: biases of an MLP are not executed");
    }
  }

  @Override
  public void begin(int firstRow, int length) {
    close();
    first = firstRow;
    scores = new float[length - 1];
    nll.put(firstRow, scores);
    steps = model.steps(length);
  }

  @Override
  public void token(int newRow) {
    row = newRow;
    steps().begin(tokens[row]);
  }

  @Override
  public float[] attend(int layer) {
    return steps().attend(layer);
  }

  @Override
  public void add(float[] output) {
    steps().add(output);
  }

  @Override
  public void head() {
    int position = row - first;
    if (position < scores.length) {
      scores[position] = steps().nll(tokens[row + 1]);
    }
  }

  @Override
  public float activate(float gate) {
    float[] value = {gate};
    Gate.apply(config.activation(), value, 0, 1);
    return value[0];
  }

  @Override
  public float[] weights(int layer, Matrix matrix) {
    WeightRows rows =
        switch (matrix) {
          case GATE -> WeightRows.gate(file, layer);
          case UP -> WeightRows.up(file, layer);
          case DOWN -> WeightRows.down(file, layer);
        };
    float[] weights = new float[Math.multiplyExact(rows.rows(), rows.columns())];
    rows.decode(0, rows.rows(), weights);
    return weights;
  }

  @Override
  public void encode(WeightType type, float[] weights, byte[] to, int at) {
    if (type == WeightType.F32) {
      ByteBuffer.wrap(to, at, Float.BYTES * weights.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(weights);
      return;
    }
    TensorType stored = TensorType.valueOf(type.name());
    if (stored.encoder().isEmpty()) {
      throw noneOf(type);
    }
    stored.encode(weights, to, at);
  }

  private static UserException noneOf(WeightType type) {
    return new UserException(
        "execute --model: no weights are made "
            + type.label()
            + "; choose --quant f32, f16, q8_0, q4_0 or q4_k");
  }

  private TokenSteps steps() {
    return Objects.requireNonNull(steps, "no sequence was begun");
  }

  /** How well all sequences were predicted. */
  Perplexity perplexity() {
    return new Perplexity(List.copyOf(nll.values()));
  }

  @Override
  public void close() {
    if (steps != null) {
      steps.close();
      steps = null;
    }
  }
}
