package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.error.UserException;
import io.dipper.tracegen.format.Rope;
import java.util.Optional;

/**
 * Reads rotary embeddings from config.json, in both of its forms: {@code rope_parameters}, and the
 * older {@code rope_theta} with {@code rope_scaling}, which comes first where both are there.
 */
final class HuggingFaceRope {
  private static final double DEFAULT_THETA = 10_000;
  private static final double GEMMA_THETA = 1_000_000;
  private static final String THETA = "rope_theta";
  private static final String SCALING = "rope_scaling";
  private static final String PARAMETERS = "rope_parameters";
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  private final HuggingFaceFamily family;
  private final JsonFields config;
  private final int headDim;
  private final int contextLength;

  HuggingFaceRope(HuggingFaceFamily family, JsonFields config, int headDim, int contextLength) {
    this.family = family;
    this.config = config;
    this.headDim = headDim;
    this.contextLength = contextLength;
  }

  /** The embedding of full-attention layers. */
  Rope full() {
    if (family != HuggingFaceFamily.GEMMA3) {
      return ofAllLayers();
    }
    JsonFields parameters = config.object(PARAMETERS).object(FULL);
    JsonFields scaling = config.object(SCALING);
    if (!scaling.node().isEmpty()) {
      ObjectNode both = parameters.node().isObject() ? parameters.node().deepCopy() : plain();
      scaling.node().properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
      parameters = scaling.completedTo(both);
    }
    return rope(parameters, config.number(THETA, GEMMA_THETA));
  }

  /** The embedding of sliding-window layers, where the family gives them their own. */
  Optional<Rope> local() {
    if (family != HuggingFaceFamily.GEMMA3) {
      return Optional.empty();
    }
    JsonFields parameters = config.object(PARAMETERS).object(SLIDING);
    return Optional.of(rope(parameters, config.number("rope_local_base_freq", DEFAULT_THETA)));
  }

  /** What rope_scaling is written over in gemma3: its {@code type} does not count therefore. */
  private ObjectNode plain() {
    return ((ObjectNode) config.node()).objectNode().put("rope_type", "default");
  }

  private Rope ofAllLayers() {
    String key = config.object(SCALING).node().isEmpty() ? PARAMETERS : SCALING;
    JsonFields parameters = config.object(key);
    for (String layerType : new String[] {FULL, SLIDING}) {
      if (parameters.has(layerType)) {
        throw parameters.wrong(
            layerType, "none: only gemma3 has other parameters for other layer types");
      }
    }
    return rope(parameters, config.number(THETA, DEFAULT_THETA));
  }

  private Rope rope(JsonFields parameters, double absentTheta) {
    double theta = parameters.number(THETA, absentTheta);
    var scaling = new HuggingFaceRopeScaling(family, config, parameters, contextLength);
    int dimensions = dimensions(parameters, scaling.type());
    if (!(theta > 0) || dimensions < 2 || dimensions > headDim || dimensions % 2 != 0) {
      throw UserException.in(
          config.file(),
          "RoPE of base %s over %d of %d entries, expected a positive base and an even number"
              .formatted(theta, dimensions, headDim));
    }
    return new Rope(theta, dimensions, Rope.Style.HALF_SPLIT, scaling.read(dimensions));
  }

  private int dimensions(JsonFields parameters, String type) {
    if (type.equals("default") && !family.rotatesAPart()) {
      return headDim;
    }
    String key = "partial_rotary_factor";
    JsonFields source = parameters.has(key) ? parameters : config;
    int dimensions = (int) (headDim * source.number(key, 1));
    if (dimensions != headDim && !family.rotatesAPart()) {
      throw source.wrong(key, "1: this family rotates whole heads");
    }
    return dimensions;
  }
}
