package io.dipper.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.JsonFaults;
import io.dipper.error.UserException;
import io.dipper.error.Visible;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code adapter_config.json} of PEFT says of a LoRA adapter: its ranks and its scale. What
 * would change the arithmetic in another way is refused by its name; what only trains, finds or
 * describes an adapter is passed over.
 */
final class AdapterConfig {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final String RANKS = "rank_pattern";
  private static final String ALPHAS = "alpha_pattern";

  /** Keys that say nothing of what a trained adapter computes. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "alora_invocation_string",
          "auto_mapping",
          "base_model_class",
          "base_model_name_or_path",
          "eva_config",
          "exclude_modules",
          "inference_mode",
          "layers_pattern",
          "layers_to_transform",
          "lora_dropout",
          "megatron_core",
          "parent_library",
          "peft_version",
          "qalora_group_size",
          "revision",
          "runtime_config",
          "target_modules",
          "task_type");

  private static final Set<String> READ =
      Set.of("peft_type", "r", "lora_alpha", "use_rslora", RANKS, ALPHAS, "bias");

  private static final String INITIAL = "init_lora_weights";

  /** Initial weights that take a part of the model's own matrices away. */
  private static final Pattern TAKES_AWAY = Pattern.compile("(pissa|olora|corda|loftq).*");

  private final Path file;
  private final JsonNode root;

  private AdapterConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads the file.
   *
   * @throws UserException if it is none, or if the adapter is of a kind that is not supported
   */
  static AdapterConfig read(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      AdapterConfig config = new AdapterConfig(file, JSON.readTree(text));
      config.check();
      return config;
    } catch (JsonProcessingException e) {
      throw new UserException(file + ": is no JSON: " + JsonFaults.firstLine(e), e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  private void check() {
    if (!root.isObject() || !root.path("peft_type").isTextual()) {
      throw bad("is no adapter's: it has no peft_type");
    }
    if (!root.path("peft_type").asText().equals("LORA")) {
      throw bad("has peft_type " + shown(root.path("peft_type")) + ", and LORA alone is read");
    }
    JsonNode bias = root.path("bias");
    if (!isUnset(bias) && !bias.asText().equals("none")) {
      throw bad("has bias " + shown(bias) + ": biases are not adapted, \"none\" is expected");
    }
    JsonNode initial = root.path(INITIAL);
    if (initial.isTextual() && TAKES_AWAY.matcher(initial.asText()).matches()) {
      throw bad(
          "has %s %s, which changes the model's own weights too; convert it to a plain LoRA"
              .formatted(INITIAL, shown(initial)));
    }
    if (!root.path("r").canConvertToInt() || root.path("r").asInt() < 1) {
      throw bad("has r " + shown(root.path("r")) + ", expected a whole number from 1 on");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String key = entry.getKey();
      boolean known = READ.contains(key) || WITHOUT_EFFECT.contains(key) || key.equals(INITIAL);
      if (!known && !isUnset(entry.getValue())) {
        throw bad(
            "has %s %s, which is not supported"
                .formatted(Visible.shortLine(key), shown(entry.getValue())));
      }
    }
  }

  /** A key of a kind of adapter that this one is not: absent, null, false or empty. */
  private static boolean isUnset(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isBoolean() && !value.asBoolean())
        || (value.isContainerNode() && value.isEmpty());
  }

  /** The rank of a module, whose name begins with {@code model.}. */
  int rank(String module) {
    JsonNode own = ofPattern(RANKS, module);
    JsonNode rank = own == null ? root.path("r") : own;
    if (!rank.canConvertToInt() || rank.asInt() < 1) {
      throw bad("has rank " + shown(rank) + " for " + module + ", expected 1 or more");
    }
    return rank.asInt();
  }

  /** The factor on what is added to a module: alpha / r, or alpha / √r where rank-stabilised. */
  float scale(String module) {
    JsonNode own = ofPattern(ALPHAS, module);
    JsonNode alpha = own == null ? root.path("lora_alpha") : own;
    if (!alpha.isNumber() || !Double.isFinite(alpha.asDouble())) {
      throw bad("has lora_alpha " + shown(alpha) + ", expected a number");
    }
    double rank = rank(module);
    boolean stabilised = root.path("use_rslora").asBoolean();
    return (float) (alpha.asDouble() / (stabilised ? Math.sqrt(rank) : rank));
  }

  /** The value of the first pattern that a module's name ends with; null for none. */
  private @Nullable JsonNode ofPattern(String key, String module) {
    for (Map.Entry<String, JsonNode> entry : root.path(key).properties()) {
      try {
        if (Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", module)) {
          return entry.getValue();
        }
      } catch (PatternSyntaxException e) {
        throw new UserException(
            file + ": has '" + Visible.shortLine(entry.getKey()) + "' in " + key + ", no pattern",
            e);
      }
    }
    return null;
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "missing" : Visible.shortLine(value.toString());
  }

  private UserException bad(String what) {
    return UserException.in(file, what);
  }
}
