package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import io.dipper.proto.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads from config.json how many experts a model has, in which layers, and how they are used. */
final class ExpertFields {
  private static final String USED = "num_experts_per_tok";
  private static final String DENSE = "mlp_only_layers";

  private final HuggingFaceFamily family;
  private final JsonFields config;
  private final int layers;
  private final int count;

  /**
   * The reading of a configuration that has its family's defaults.
   *
   * @throws io.dipper.error.UserException if it has no number of experts
   */
  ExpertFields(HuggingFaceFamily family, JsonFields config, int layers) {
    this.family = family;
    this.config = config;
    this.layers = layers;
    this.count = family.hasExperts() ? config.whole(countKey(), 0) : 0;
    if (count < 0 || (count == 0 && family.hasExperts() && !isQwen())) {
      throw config.wrong(countKey(), "a positive whole number");
    }
  }

  /** Experts of a layer; 0 of a dense model. */
  int count() {
    return count;
  }

  /** The library knows two names, and where both are there its newer configurations' one counts. */
  private String countKey() {
    boolean mixtral = family == HuggingFaceFamily.MIXTRAL;
    String alias = mixtral ? "num_experts" : "num_local_experts";
    return config.has(alias) ? alias : mixtral ? "num_local_experts" : "num_experts";
  }

  /** Enters the experts into a shape; leaves that of a dense model as it is. */
  void read(ModelShape.Builder shape) {
    List<Boolean> routed = routed();
    if (!routed.contains(true)) {
      return;
    }
    int used = config.positive(USED);
    if (used > count) {
      throw config.wrong(USED, "at most the " + count + " experts");
    }
    shape
        .setExperts(count)
        .setExpertsPerToken(used)
        .setExpertIntermediateSize(
            config.positive(isQwen() ? "moe_intermediate_size" : "intermediate_size"))
        .setNormTopk(family == HuggingFaceFamily.MIXTRAL || config.flag("norm_topk_prob", false));
    if (routed.contains(false)) {
      shape.addAllRouted(routed);
    }
  }

  /** Only qwen3_moe has layers without experts between others. */
  private List<Boolean> routed() {
    Set<Integer> dense = isQwen() ? denseLayers() : Set.of();
    int step = isQwen() ? config.positive("decoder_sparse_step") : 1;
    List<Boolean> routed = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      routed.add(count > 0 && !dense.contains(layer) && (layer + 1) % step == 0);
    }
    return routed;
  }

  private Set<Integer> denseLayers() {
    JsonNode list = config.node().path(DENSE);
    if (config.has(DENSE) && !list.isArray()) {
      throw config.wrong(DENSE, "a list of layers");
    }
    var dense = new TreeSet<Integer>();
    for (JsonNode layer : list) {
      if (!layer.isIntegralNumber() || !layer.canConvertToInt()) {
        throw config.wrong(DENSE, "a list of whole numbers");
      }
      dense.add(layer.asInt());
    }
    return dense;
  }

  private boolean isQwen() {
    return family == HuggingFaceFamily.QWEN3_MOE;
  }
}
