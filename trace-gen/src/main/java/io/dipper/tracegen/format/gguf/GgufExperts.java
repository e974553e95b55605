package io.dipper.tracegen.format.gguf;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelConfig.Architecture;
import java.util.List;

/**
 * Reads from GGUF metadata how many experts a model's layers have, and how they are used, as
 * llama.cpp does: of these families, experts are in every layer or in none.
 */
final class GgufExperts {
  private static final int SOFTMAX = 1;

  private final GgufMetadata metadata;
  private final Architecture architecture;
  private final String prefix;

  /**
   * The reading of a file.
   *
   * @throws io.dipper.error.UserException if its family and the number of experts do not go
   *     together
   */
  GgufExperts(GgufMetadata metadata, Architecture architecture, String prefix) {
    this.metadata = metadata;
    this.architecture = architecture;
    this.prefix = prefix;
    String key = prefix + "expert_count";
    boolean always = architecture == Architecture.QWEN3_MOE || architecture == Architecture.OLMOE;
    if (always) {
      metadata.whole(key, 1);
    } else if (architecture != Architecture.LLAMA && count() > 0) {
      throw metadata.wrong(key, "0: experts are not supported in architecture " + architecture);
    }
  }

  /** Experts of a layer; 0 of a dense model. */
  int count() {
    return metadata.whole(prefix + "expert_count", 0, 0);
  }

  /** Enters the experts into a shape that has its other sizes. */
  void read(ModelShape.Builder shape) {
    refuseOthers();
    String key = prefix + "expert_used_count";
    int used = metadata.perLayer(key, 1, shape.getLayers());
    if (used > count()) {
      throw metadata.wrong(key, "at most the " + count() + " experts");
    }
    shape
        .setExperts(count())
        .setExpertsPerToken(used)
        .setExpertIntermediateSize(width(shape.getLayers(), used))
        .setNormTopk(architecture != Architecture.OLMOE);
  }

  /** GLU units of an expert: qwen3moe has its own key, the others say it where MLPs do. */
  private int width(int layers, int used) {
    String own = prefix + "expert_feed_forward_length";
    String shared = prefix + "feed_forward_length";
    if (architecture == Architecture.QWEN3_MOE) {
      return metadata.has(own)
          ? metadata.perLayer(own, 1, layers)
          : metadata.perLayer(shared, used, layers) / used;
    }
    int width = metadata.perLayer(shared, 1, layers);
    if (metadata.has(own) && metadata.perLayer(own, 1, layers) != width) {
      throw metadata.wrong(own, width + " as in " + shared);
    }
    return width;
  }

  /** What other families do with experts, unless its value changes nothing. */
  private void refuseOthers() {
    for (String name :
        List.of("expert_shared_count", "expert_shared_feed_forward_length", "experts_per_group")) {
      require(name, 0, 0);
    }
    for (String name :
        List.of(
            "expert_group_count",
            "expert_group_used_count",
            "expert_weights_scale",
            "expert_group_scale",
            "moe_every_n_layers",
            "interleave_moe_layer_step")) {
      require(name, 0, 1);
    }
    require("expert_gating_func", 0, SOFTMAX);
    String norm = prefix + "expert_weights_norm";
    boolean own = architecture != Architecture.OLMOE;
    if (metadata.flag(norm, own) != own) {
      throw metadata.wrong(norm, own + ", that of architecture " + architecture);
    }
  }

  private void require(String name, double one, double other) {
    double value = metadata.number(prefix + name, one);
    if (value != one && value != other) {
      throw metadata.wrong(
          prefix + name, (long) other + ": this is not supported in architecture " + architecture);
    }
  }
}
