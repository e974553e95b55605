package io.dipper.adapter;

import io.dipper.proto.ModelShape;
import io.dipper.trace.RoutedLayers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A matrix of a decoder layer that can have an adapter beside it. */
public enum AdapterTarget {
  QUERY("self_attn.q_proj"),
  KEY("self_attn.k_proj"),
  VALUE("self_attn.v_proj"),
  OUTPUT("self_attn.o_proj"),
  GATE("mlp.gate_proj"),
  UP("mlp.up_proj"),
  DOWN("mlp.down_proj");

  /** The matrices of a gated MLP. */
  public static final List<AdapterTarget> MLP = List.of(GATE, UP, DOWN);

  private final String module;

  AdapterTarget(String module) {
    this.module = module;
  }

  /** Its module in a layer of a Hugging Face model, e.g. {@code mlp.gate_proj}. */
  public String module() {
    return module;
  }

  /** The last part of its module's name, e.g. {@code gate_proj}. */
  public String id() {
    return module.substring(module.indexOf('.') + 1);
  }

  /** The target of a module, e.g. of {@code mlp.gate_proj}; empty for any other. */
  static Optional<AdapterTarget> ofModule(String module) {
    return Arrays.stream(values()).filter(target -> target.module.equals(module)).findFirst();
  }

  /** The ids of all, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(AdapterTarget::id).collect(Collectors.joining(", "));
  }

  public boolean isAttention() {
    return !MLP.contains(this);
  }

  /** Whether a layer of a model has this matrix; one with experts has no MLP of its own. */
  boolean isIn(ModelShape shape, int layer) {
    return isAttention() || !RoutedLayers.isRouted(shape, layer);
  }

  /** The width of its input: H, that of all heads, or I. */
  public int inputs(ModelShape shape) {
    return switch (this) {
      case OUTPUT -> shape.getHeads() * shape.getHeadDim();
      case DOWN -> shape.getIntermediateSize();
      case QUERY, KEY, VALUE, GATE, UP -> shape.getHiddenSize();
    };
  }

  /** The width of its output. */
  public int outputs(ModelShape shape) {
    return switch (this) {
      case QUERY -> shape.getHeads() * shape.getHeadDim();
      case KEY, VALUE -> shape.getKvHeads() * shape.getHeadDim();
      case GATE, UP -> shape.getIntermediateSize();
      case OUTPUT, DOWN -> shape.getHiddenSize();
    };
  }
}
