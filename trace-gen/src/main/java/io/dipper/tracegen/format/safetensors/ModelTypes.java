package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import java.util.List;

/** Which family a config.json is of, and which part of it describes the language model. */
final class ModelTypes {
  private static final List<String> EXPERT_COUNTS =
      List.of("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts");

  private ModelTypes() {}

  /** Whether a model has other parts than the language model. */
  static boolean isMultipart(JsonFields root) {
    return root.has("text_config") && !isFamily(root) || type(root).equals("gemma3");
  }

  /** The part that describes the language model; the whole where there are no others. */
  static JsonFields textPart(JsonFields root) {
    return isMultipart(root) ? root.object("text_config") : root;
  }

  /**
   * The family.
   *
   * @throws UserException that names a model type that we do not read
   */
  static HuggingFaceFamily family(JsonFields root, JsonFields text) {
    // The text part of gemma3 is of that family whatever it says, or if it does not say.
    String type = type(root).equals("gemma3") ? "gemma3_text" : type(text);
    var family = HuggingFaceFamily.of(type);
    if (!family.map(HuggingFaceFamily::hasExperts).orElse(false)) {
      refuseExperts(type, text);
    }
    return family.orElseThrow(
        () ->
            UserException.in(
                root.file(),
                "model_type "
                    + Visible.shortLine(type)
                    + " is not supported; supported: llama, mistral, mixtral, phi3, qwen2,"
                    + " qwen3, qwen3_moe, olmoe, gemma3"));
  }

  private static void refuseExperts(String type, JsonFields text) {
    for (String key : EXPERT_COUNTS) {
      if (text.node().path(key).asInt(0) > 1) {
        throw UserException.in(
            text.file(),
            "%s is %d: a mixture of experts (model_type %s), which is not supported"
                .formatted(key, text.node().path(key).asInt(), Visible.shortLine(type)));
      }
    }
    if (type.contains("moe") || type.equals("mixtral")) {
      throw UserException.in(
          text.file(),
          "model_type "
              + Visible.shortLine(type)
              + " is a mixture of experts, which is not supported");
    }
  }

  private static boolean isFamily(JsonFields root) {
    return HuggingFaceFamily.of(type(root)).isPresent();
  }

  private static String type(JsonFields part) {
    return part.text("model_type", "unnamed");
  }
}
