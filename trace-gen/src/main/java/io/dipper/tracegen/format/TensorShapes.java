package io.dipper.tracegen.format;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.proto.ModelShape;
import io.dipper.trace.RoutedLayers;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Checks that a model has every tensor its architecture needs, each in its right shape. */
public final class TensorShapes {
  private static final Set<TensorRole> DENSE =
      EnumSet.of(
          TensorRole.GATE,
          TensorRole.UP,
          TensorRole.FUSED_GATE_UP,
          TensorRole.DOWN,
          TensorRole.GATE_BIAS,
          TensorRole.UP_BIAS,
          TensorRole.DOWN_BIAS);
  private static final Set<TensorRole> EXPERTS =
      EnumSet.of(
          TensorRole.ROUTER,
          TensorRole.EXPERT_GATE,
          TensorRole.EXPERT_UP,
          TensorRole.EXPERT_GATE_UP,
          TensorRole.EXPERT_DOWN);

  private final Path source;
  private final Architecture architecture;
  private final ModelShape shape;
  private final TensorTable tensors;

  private TensorShapes(Path source, Architecture architecture, ModelShape shape, TensorTable t) {
    this.source = source;
    this.architecture = architecture;
    this.shape = shape;
    this.tensors = t;
  }

  /**
   * Checks all layers.
   *
   * @throws UserException that names the first tensor that is missing or of another shape
   */
  public static void check(
      Path source, Architecture architecture, ModelShape shape, TensorTable tensors) {
    var check = new TensorShapes(source, architecture, shape, tensors);
    check.outerTensors();
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      check.attention(layer);
      check.norms(layer);
      if (RoutedLayers.isRouted(shape, layer)) {
        check.experts(layer);
      } else {
        check.mlp(layer);
      }
    }
  }

  private void outerTensors() {
    int hidden = shape.getHiddenSize();
    need(TensorRole.EMBEDDING, -1, shape.getVocabularySize(), hidden);
    need(TensorRole.OUTPUT_NORM, -1, 1, hidden);
    allow(TensorRole.OUTPUT, -1, shape.getVocabularySize(), hidden);
    allow(TensorRole.OUTPUT_BIAS, -1, 1, shape.getVocabularySize());
  }

  private void attention(int layer) {
    int hidden = shape.getHiddenSize();
    long query = (long) shape.getHeads() * shape.getHeadDim();
    long keyValue = (long) shape.getKvHeads() * shape.getHeadDim();
    if (tensors.get(TensorRole.FUSED_QKV, layer).isPresent()) {
      need(TensorRole.FUSED_QKV, layer, query + 2 * keyValue, hidden);
    } else {
      need(TensorRole.QUERY, layer, query, hidden);
      need(TensorRole.KEY, layer, keyValue, hidden);
      need(TensorRole.VALUE, layer, keyValue, hidden);
    }
    need(TensorRole.ATTENTION_OUTPUT, layer, hidden, query);
    attentionBiases(layer, query, keyValue);
  }

  private void attentionBiases(int layer, long query, long keyValue) {
    boolean fused = tensors.get(TensorRole.FUSED_QKV_BIAS, layer).isPresent();
    boolean biased = architecture == Architecture.QWEN2 && !fused;
    if (fused) {
      need(TensorRole.FUSED_QKV, layer, query + 2 * keyValue, shape.getHiddenSize());
      need(TensorRole.FUSED_QKV_BIAS, layer, 1, query + 2 * keyValue);
    }
    check(TensorRole.QUERY_BIAS, layer, 1, query, biased);
    check(TensorRole.KEY_BIAS, layer, 1, keyValue, biased);
    check(TensorRole.VALUE_BIAS, layer, 1, keyValue, biased);
    allow(TensorRole.ATTENTION_OUTPUT_BIAS, layer, 1, shape.getHiddenSize());
  }

  private void norms(int layer) {
    int hidden = shape.getHiddenSize();
    boolean gemma = architecture == Architecture.GEMMA3;
    boolean qwen = architecture == Architecture.QWEN3 || architecture == Architecture.QWEN3_MOE;
    boolean olmo = architecture == Architecture.OLMOE;
    long query = (long) shape.getHeadDim() * (olmo ? shape.getHeads() : 1);
    long key = (long) shape.getHeadDim() * (olmo ? shape.getKvHeads() : 1);
    boolean normed = gemma || qwen || olmo;
    need(TensorRole.ATTENTION_NORM, layer, 1, hidden);
    need(TensorRole.MLP_NORM, layer, 1, hidden);
    check(TensorRole.QUERY_NORM, layer, 1, query, normed);
    check(TensorRole.KEY_NORM, layer, 1, key, normed);
    check(TensorRole.POST_ATTENTION_NORM, layer, 1, hidden, gemma);
    check(TensorRole.POST_MLP_NORM, layer, 1, hidden, gemma);
  }

  /** The experts of all a layer lie in one tensor, row upon row. */
  private void experts(int layer) {
    int hidden = shape.getHiddenSize();
    long experts = shape.getExperts();
    long rows = experts * shape.getExpertIntermediateSize();
    refuse(DENSE, layer, "has experts");
    need(TensorRole.ROUTER, layer, experts, hidden);
    if (tensors.get(TensorRole.EXPERT_GATE_UP, layer).isPresent()) {
      need(TensorRole.EXPERT_GATE_UP, layer, 2 * rows, hidden);
    } else {
      need(TensorRole.EXPERT_GATE, layer, rows, hidden);
      need(TensorRole.EXPERT_UP, layer, rows, hidden);
    }
    need(TensorRole.EXPERT_DOWN, layer, experts * hidden, shape.getExpertIntermediateSize());
  }

  private void refuse(Set<TensorRole> roles, int layer, String because) {
    for (TensorRole role : roles) {
      tensors
          .get(role, layer)
          .ifPresent(
              tensor -> {
                throw UserException.in(
                    source,
                    "tensor %s has no place in layer %d, which %s"
                        .formatted(Visible.shortLine(tensor.name()), layer, because));
              });
    }
  }

  private void mlp(int layer) {
    refuse(EXPERTS, layer, "has no experts");
    int hidden = shape.getHiddenSize();
    int intermediate = shape.getIntermediateSize();
    if (tensors.get(TensorRole.FUSED_GATE_UP, layer).isPresent()) {
      need(TensorRole.FUSED_GATE_UP, layer, 2L * intermediate, hidden);
    } else {
      need(TensorRole.GATE, layer, intermediate, hidden);
      need(TensorRole.UP, layer, intermediate, hidden);
    }
    need(TensorRole.DOWN, layer, hidden, intermediate);
    allow(TensorRole.GATE_BIAS, layer, 1, intermediate);
    allow(TensorRole.UP_BIAS, layer, 1, intermediate);
    allow(TensorRole.DOWN_BIAS, layer, 1, hidden);
  }

  private void need(TensorRole role, int layer, long rows, long columns) {
    check(role, layer, rows, columns, true);
  }

  private void allow(TensorRole role, int layer, long rows, long columns) {
    check(role, layer, rows, columns, false);
  }

  private void check(TensorRole role, int layer, long rows, long columns, boolean required) {
    var tensor = tensors.get(role, layer).orElse(null);
    if (tensor == null) {
      if (required) {
        String where = layer < 0 ? "" : " of layer " + layer;
        throw UserException.in(
            source,
            "has no "
                + role
                + " tensor"
                + where
                + "; an architecture "
                + architecture
                + " of "
                + shape.getLayers()
                + " layers needs one");
      }
    } else if (tensor.rows() != rows || tensor.columns() != columns) {
      throw UserException.in(
          source,
          "tensor %s is %d x %d, expected %d x %d%s"
              .formatted(
                  tensor.name(),
                  tensor.rows(),
                  tensor.columns(),
                  rows,
                  columns,
                  EXPERTS.contains(role) ? " for " + shape.getExperts() + " experts" : ""));
    }
  }
}
