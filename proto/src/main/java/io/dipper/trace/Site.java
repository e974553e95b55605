package io.dipper.trace;

import io.dipper.proto.ModelShape;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A place in a layer's MLP where values are recorded, and by which units are chosen: activations of
 * the gated MLP, and what a router says of a layer's experts.
 */
public enum Site {
  /** The post-norm MLP input {@code x}, H values; in a layer with experts the router's, too. */
  X(Element.FP16),
  /** {@code silu(W_gate x)}, I values, in layers without experts. */
  GATE(Element.FP16),
  /** {@code W_up x}, I values, in layers without experts. */
  UP(Element.FP16),
  /** {@code gate * up}, the input of {@code W_down}, I values, in layers without experts. */
  GLU(Element.FP16),
  /** The router's logits, E values. */
  ROUTER(Element.FP32),
  /** What the next layer's router makes of this layer's x, E values; where both have experts. */
  ROUTER_AHEAD(Element.FP32),
  /** {@code silu(W_gate x)} of the chosen experts by rank, k times I_e values. */
  EXPERT_GATE(Element.FP16),
  /** {@code W_up x} of the chosen experts by rank, k times I_e values. */
  EXPERT_UP(Element.FP16),
  /** The GLU activations of the chosen experts by rank, k times I_e values. */
  EXPERT_GLU(Element.FP16),
  /** The chosen experts by rank, k numbers; −1 where fewer are chosen. */
  EXPERTS(Element.INT32),
  /** The factors of the chosen experts by rank, k values. */
  EXPERT_WEIGHTS(Element.FP32);

  /** How a value is stored. */
  public enum Element {
    FP16(Short.BYTES),
    FP32(Float.BYTES),
    INT32(Integer.BYTES);

    private final int bytes;

    Element(int bytes) {
      this.bytes = bytes;
    }

    public int bytes() {
      return bytes;
    }
  }

  private static final Set<Site> DENSE = Collections.unmodifiableSet(EnumSet.of(X, GATE, UP, GLU));
  private static final Set<Site> ROUTED = Collections.unmodifiableSet(EnumSet.of(X, ROUTER));

  private final Element element;

  Site(Element element) {
    this.element = element;
  }

  /** Those of a dense layer: x, gate, up, glu. */
  public static Set<Site> ofDenseLayers() {
    return DENSE;
  }

  /** Those that serve most policies: of a dense model all four, with experts x and router. */
  public static Set<Site> usual(ModelShape shape) {
    return shape.getExperts() > 0 ? ROUTED : DENSE;
  }

  /** The site with this name in column names and manifests. */
  public static Optional<Site> of(String id) {
    return Arrays.stream(values()).filter(site -> site.id().equals(id)).findFirst();
  }

  /** All names, for messages: x, gate, up and so on. */
  public static String names() {
    return Arrays.stream(values()).map(Site::id).collect(Collectors.joining(", "));
  }

  /** The name in column names and manifests: x, gate, expert_glu and so on. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The trace column of a layer, e.g. {@code layers.7.glu}. */
  public String column(int layer) {
    return "layers." + layer + "." + id();
  }

  public Element element() {
    return element;
  }

  /** The number of values per token in the layers that have the site; 0 where no layer does. */
  public int width(ModelShape shape) {
    return switch (this) {
      case X -> shape.getHiddenSize();
      case GATE, UP, GLU -> shape.getIntermediateSize();
      case ROUTER, ROUTER_AHEAD -> shape.getExperts();
      case EXPERT_GATE, EXPERT_UP, EXPERT_GLU ->
          Math.multiplyExact(shape.getExpertsPerToken(), shape.getExpertIntermediateSize());
      case EXPERTS, EXPERT_WEIGHTS -> shape.getExpertsPerToken();
    };
  }

  /** The number of values per token in a layer; 0 where the layer does not have the site. */
  public int width(ModelShape shape, int layer) {
    return has(shape, layer) ? width(shape) : 0;
  }

  private boolean has(ModelShape shape, int layer) {
    boolean routed = RoutedLayers.isRouted(shape, layer);
    return switch (this) {
      case X -> true;
      case GATE, UP, GLU -> !routed;
      case ROUTER, EXPERT_GATE, EXPERT_UP, EXPERT_GLU, EXPERTS, EXPERT_WEIGHTS -> routed;
      case ROUTER_AHEAD ->
          routed && layer + 1 < shape.getLayers() && RoutedLayers.isRouted(shape, layer + 1);
    };
  }

  /** How many layers have the site. */
  public int layers(ModelShape shape) {
    int layers = shape.getLayers();
    if (shape.getRoutedCount() > 0) {
      return (int) IntStream.range(0, layers).filter(layer -> has(shape, layer)).count();
    }
    if (layers == 0) {
      return 0;
    }
    // All but the last are alike then; a damaged manifest may claim any number of them.
    return (has(shape, 0) ? layers - 1 : 0) + (has(shape, layers - 1) ? 1 : 0);
  }
}
