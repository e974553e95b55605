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
import org.nd4j.linalg.factory.Nd4j;

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
    RopeGradient rope = new RopeGradient(config.attention().rope(), tokens, type);
    AttentionGradient heads =
        new AttentionGradient(products, rope, shape, config.attention().scale(), tokens, type);
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      Map<AdapterTarget, AdaptedProduct> matrices = new LinkedHashMap<>();
      for (AdapterTarget target : AdapterTarget.values()) {
        TrainedMap map = null;
        if (form.targets().contains(target)) {
          int inputs = target.inputs(shape);
          map = new TrainedMap(type, inputs, form.rank(), target.outputs(shape), random);
          maps.put(new Key(layer, target), map);
        }
        INDArray weights =
            matrix(frozen.matrix(target, layer), target.outputs(shape), target.inputs(shape));
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
    INDArray vocabulary = matrix(frozen.head(), shape.getVocabularySize(), shape.getHiddenSize());
    this.head = new HeadLoss(products, norm(TensorRole.OUTPUT_NORM, -1), vocabulary);
  }

  private static AdaptedProduct of(
      Map<AdapterTarget, AdaptedProduct> matrices, AdapterTarget target) {
    return Objects.requireNonNull(matrices.get(target));
  }

  private INDArray matrix(float[] values, int rows, int columns) {
    return Nd4j.createFromArray(values).reshape('c', rows, columns).castTo(type);
  }

  private RmsGradient norm(TensorRole role, int layer) {
    float[] weights = frozen.norm(role, layer);
    return new RmsGradient(matrix(weights, 1, weights.length), frozen.config().norm().epsilon());
  }

  /** The maps that are trained, layer by layer. */
  Map<Key, TrainedMap> maps() {
    return maps;
  }

  /** The loss of a block with masks and adapter. */
  double loss(int[] tokens, MlpHook hook, boolean toDense) {
    List<LayerGradient.Pass> passes = forward(tokens, new SiteMasks(hook), true);
    return head.of(last(passes), toDense ? dense(tokens) : null, tokens).loss();
  }

  /** The loss of a block, and the gradients of all maps. */
  double gradient(int[] tokens, MlpHook hook, boolean toDense) {
    List<LayerGradient.Pass> passes = forward(tokens, new SiteMasks(hook), true);
    HeadLoss.Result result = head.of(last(passes), toDense ? dense(tokens) : null, tokens);
    INDArray gradient = result.state();
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      gradient = layers.get(layer).backward(passes.get(layer), gradient);
    }
    return result.loss();
  }

  /** The mean NLL of a block under the dense model, in nats per scored token. */
  double denseNll(int[] tokens) {
    return head.of(dense(tokens), null, tokens).loss();
  }

  private INDArray dense(int[] tokens) {
    INDArray state = matrix(frozen.embed(tokens), tokens.length, width());
    SiteMasks none = new SiteMasks(MlpHook.NONE);
    for (int layer = 0; layer < layers.size(); layer++) {
      state = layers.get(layer).forward(state, layer, none, false).out();
    }
    return state;
  }

  private List<LayerGradient.Pass> forward(int[] tokens, SiteMasks masks, boolean adapted) {
    List<LayerGradient.Pass> passes = new ArrayList<>();
    LayerGradient.@Nullable Pass before = null;
    for (int layer = 0; layer < layers.size(); layer++) {
      INDArray state =
          before == null ? matrix(frozen.embed(tokens), tokens.length, width()) : before.out();
      before = layers.get(layer).forward(state, layer, masks, adapted);
      passes.add(before);
    }
    return passes;
  }

  private static INDArray last(List<LayerGradient.Pass> passes) {
    return passes.get(passes.size() - 1).out();
  }

  private int width() {
    return frozen.config().shape().getHiddenSize();
  }
}
