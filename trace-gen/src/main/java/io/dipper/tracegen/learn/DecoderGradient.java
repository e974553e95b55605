package io.dipper.tracegen.learn;

import io.dipper.adapter.AdapterTarget;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.runtime.FrozenMatrices;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A decoder on one block of tokens, forward and, by hand, backward. The model's weights are frozen,
 * so that gradients are taken of activations and of the adapter alone.
 *
 * <p>By hand, because masks are chosen in the middle of a forward pass, by a policy's own objects
 * on live values, twice in each layer: a graph that differentiates itself would have to be cut
 * there.
 */
final class DecoderGradient {
  private final FrozenMatrices frozen;
  private final DataType type;
  private final List<LayerGradient> layers = new ArrayList<>();
  private final HeadLoss head;
  private final Map<Key, TrainedMap> maps = new LinkedHashMap<>();

  /** A matrix that is adapted. */
  record Key(int layer, AdapterTarget target) {}

  /**
   * @param tokens of each block
   * @param type of all arithmetic
   */
  DecoderGradient(
      FrozenMatrices frozen, AdapterForm form, int tokens, DataType type, Workers workers) {
    this.frozen = frozen;
    this.type = type;
    ModelConfig config = frozen.config();
    ModelShape shape = config.shape();
    TiledProducts products = new TiledProducts(workers);
    Random random = new Random(form.seed());
    AttentionGradient heads =
        new AttentionGradient(products, config.attention(), shape, tokens, type);
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      Map<AdapterTarget, AdaptedProduct> matrices = new LinkedHashMap<>();
      for (AdapterTarget target : AdapterTarget.values()) {
        TrainedMap map = null;
        if (form.targets().contains(target)) {
          int inputs = target.inputs(shape);
          map = new TrainedMap(type, inputs, form.rank(), target.outputs(shape), random);
          maps.put(new Key(layer, target), map);
        }
        INDArray weights = Scratch.matrix(frozen.matrix(target, layer), target.inputs(shape), type);
        matrices.put(target, new AdaptedProduct(products, weights, map));
      }
      layers.add(
          new LayerGradient(
              norm(TensorRole.ATTENTION_NORM, layer),
              new LayerGradient.Projections(
                  of(matrices, AdapterTarget.QUERY),
                  of(matrices, AdapterTarget.KEY),
                  of(matrices, AdapterTarget.VALUE),
                  of(matrices, AdapterTarget.OUTPUT)),
              heads,
              norm(TensorRole.MLP_NORM, layer),
              new LayerGradient.Mlp(
                  of(matrices, AdapterTarget.GATE),
                  of(matrices, AdapterTarget.UP),
                  of(matrices, AdapterTarget.DOWN))));
    }
    INDArray vocabulary = Scratch.matrix(frozen.head(), shape.getHiddenSize(), type);
    this.head = new HeadLoss(products, norm(TensorRole.OUTPUT_NORM, -1), vocabulary);
  }

  private static AdaptedProduct of(
      Map<AdapterTarget, AdaptedProduct> matrices, AdapterTarget target) {
    return Objects.requireNonNull(matrices.get(target));
  }

  private RmsGradient norm(TensorRole role, int layer) {
    float[] weights = frozen.norm(role, layer);
    return new RmsGradient(
        Scratch.matrix(weights, weights.length, type), frozen.config().norm().epsilon());
  }

  /** The maps that are trained, layer by layer. */
  Map<Key, TrainedMap> maps() {
    return maps;
  }

  /** The output of the dense model's last layer for a block, which is to be released. */
  INDArray dense(int[] tokens) {
    return through(tokens, new SiteMasks(MlpHook.NONE), false);
  }

  /**
   * The loss of a block with masks and adapter.
   *
   * @param dense the dense model's output, to stay near to; null for cross-entropy with the text
   */
  double loss(int[] tokens, MlpHook hook, @Nullable INDArray dense) {
    INDArray state = through(tokens, new SiteMasks(hook), true);
    double loss = head.loss(state, dense, tokens);
    state.close();
    return loss;
  }

  /**
   * The loss of a block, and the gradients of all maps.
   *
   * @param dense as for {@link #loss}
   */
  double gradient(int[] tokens, MlpHook hook, @Nullable INDArray dense) {
    List<LayerGradient.Pass> passes = forward(tokens, new SiteMasks(hook));
    HeadLoss.Result result = head.gradient(passes.get(passes.size() - 1).out(), dense, tokens);
    INDArray gradient = result.state();
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      LayerGradient.Pass pass = passes.get(layer);
      INDArray behind = gradient;
      gradient = layers.get(layer).backward(pass, behind);
      behind.close();
      pass.close();
      pass.out().close();
    }
    gradient.close();
    passes.get(0).state().close();
    return result.loss();
  }

  /** The mean NLL of a block under the dense model, in nats per scored token. */
  double denseNll(int[] tokens) {
    INDArray state = dense(tokens);
    double loss = head.loss(state, null, tokens);
    state.close();
    return loss;
  }

  private INDArray through(int[] tokens, SiteMasks masks, boolean adapted) {
    INDArray state = embedded(tokens);
    for (int layer = 0; layer < layers.size(); layer++) {
      try (LayerGradient.Pass pass = layers.get(layer).forward(state, layer, masks, adapted)) {
        state.close();
        state = pass.out();
      }
    }
    return state;
  }

  private List<LayerGradient.Pass> forward(int[] tokens, SiteMasks masks) {
    List<LayerGradient.Pass> passes = new ArrayList<>();
    INDArray state = embedded(tokens);
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerGradient.Pass pass = layers.get(layer).forward(state, layer, masks, true);
      passes.add(pass);
      state = pass.out();
    }
    return passes;
  }

  private INDArray embedded(int[] tokens) {
    return Scratch.matrix(frozen.embed(tokens), width(), type);
  }

  private int width() {
    return frozen.config().shape().getHiddenSize();
  }
}
