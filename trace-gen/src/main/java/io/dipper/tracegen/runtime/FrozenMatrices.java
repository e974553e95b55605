package io.dipper.tracegen.runtime;

import io.dipper.adapter.AdapterTarget;
import io.dipper.error.UserException;
import io.dipper.trace.RoutedLayers;
import io.dipper.tracegen.format.Activation;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import java.util.List;
import java.util.Locale;

/**
 * The matrices of a plain Llama, decoded to fp32 one by one, for gradients to pass through. Rows of
 * queries and keys are in the order of Hugging Face, with the entries of a rotated pair half a head
 * apart.
 */
public final class FrozenMatrices {
  private static final List<TensorRole> BESIDE =
      List.of(
          TensorRole.QUERY_BIAS,
          TensorRole.KEY_BIAS,
          TensorRole.VALUE_BIAS,
          TensorRole.FUSED_QKV_BIAS,
          TensorRole.ATTENTION_OUTPUT_BIAS,
          TensorRole.GATE_BIAS,
          TensorRole.UP_BIAS,
          TensorRole.DOWN_BIAS,
          TensorRole.QUERY_NORM,
          TensorRole.KEY_NORM,
          TensorRole.POST_ATTENTION_NORM,
          TensorRole.POST_MLP_NORM);

  private final ModelFile file;

  /**
   * @throws UserException if the model has more than gradients are known of: biases, norms of
   *     heads, windows, bounds, experts, another activation
   */
  public FrozenMatrices(ModelFile file) {
    this.file = file;
    ModelConfig config = file.config();
    for (int layer = 0; layer < config.shape().getLayers(); layer++) {
      int index = layer;
      refuse(RoutedLayers.isRouted(config.shape(), layer), "experts");
      refuse(config.attention().windows().isLocal(layer), "windows of attention");
      BESIDE.forEach(
          role ->
              refuse(
                  file.tensor(role, index).isPresent(),
                  role.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    boolean bounded = config.logitSoftCap() > 0 || config.attention().softCap() > 0;
    refuse(bounded || config.attention().clip() > 0, "bounds on logits or scores");
    refuse(config.activation() != Activation.SILU, "an activation other than SiLU");
    refuse(file.tensor(TensorRole.OUTPUT_BIAS, -1).isPresent(), "an output bias");
  }

  private void refuse(boolean has, String what) {
    if (has) {
      throw new UserException(
          file.config().shape().getName()
              + " has "
              + what
              + ", and adapters are trained for plain Llama models only");
    }
  }

  public ModelConfig config() {
    return file.config();
  }

  /** A matrix of a layer, a row of inputs per output. */
  public float[] matrix(AdapterTarget target, int layer) {
    WeightRows rows =
        switch (target) {
          case QUERY -> WeightRows.query(file, layer);
          case KEY -> WeightRows.key(file, layer);
          case VALUE -> WeightRows.value(file, layer);
          case OUTPUT -> WeightRows.all(file, TensorRole.ATTENTION_OUTPUT, layer);
          case GATE -> WeightRows.gate(file, layer);
          case UP -> WeightRows.up(file, layer);
          case DOWN -> WeightRows.down(file, layer);
        };
    float[] stored = new float[rows.rows() * rows.columns()];
    rows.decode(0, rows.rows(), stored);
    HeadOrder order = HeadOrder.of(file.config(), target);
    float[] ordered = new float[stored.length];
    int columns = rows.columns();
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(stored, order.stored(row) * columns, ordered, row * columns, columns);
    }
    return ordered;
  }

  /** The norm of the input of attention ({@code ATTENTION_NORM}) or of the MLP, or the last one. */
  public float[] norm(TensorRole role, int layer) {
    WeightTensor tensor = file.tensor(role, layer).orElseThrow();
    float[] weights = new float[tensor.rows() * tensor.columns()];
    tensor.decode(0, tensor.rows(), weights, 0);
    return RmsNorm.of(weights, file.config().norm()).weight();
  }

  /** The output matrix, a row of H per token of the vocabulary; the embedding where it is tied. */
  public float[] head() {
    boolean tied = file.tensor(TensorRole.OUTPUT, -1).isEmpty();
    return whole(tied ? TensorRole.EMBEDDING : TensorRole.OUTPUT);
  }

  private float[] whole(TensorRole role) {
    WeightRows rows = WeightRows.all(file, role, -1);
    float[] values = new float[Math.multiplyExact(rows.rows(), rows.columns())];
    rows.decode(0, rows.rows(), values);
    return values;
  }

  /** The embeddings of tokens, a row of H each. */
  public float[] embed(int[] tokens) {
    WeightTensor embedding = WeightRows.all(file, TensorRole.EMBEDDING, -1).tensor();
    float[] state = new float[tokens.length * embedding.columns()];
    for (int t = 0; t < tokens.length; t++) {
      embedding.decode(tokens[t], 1, state, t * embedding.columns());
    }
    for (int i = 0; i < state.length; i++) {
      state[i] *= file.config().embeddingScale();
    }
    return state;
  }
}
