package io.dipper.tracegen.format.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a Hugging Face tokenizer puts a BOS token before a text. */
final class BosRule {
  private BosRule() {}

  /**
   * What tokenizer_config.json says, else what the post-processor of tokenizer.json does; false
   * where neither is there.
   */
  static boolean addsBos(Path directory) {
    Path settings = directory.resolve("tokenizer_config.json");
    if (Files.exists(settings)) {
      JsonFields fields = JsonFields.read(settings);
      if (fields.has("add_bos_token")) {
        return fields.flag("add_bos_token", false);
      }
    }
    Path tokenizer = directory.resolve("tokenizer.json");
    return Files.exists(tokenizer)
        && startsWithSpecial(JsonFields.read(tokenizer).node().path("post_processor"));
  }

  private static boolean startsWithSpecial(JsonNode processor) {
    for (JsonNode step : processor.path("processors")) {
      if (startsWithSpecial(step)) {
        return true;
      }
    }
    return processor.path("single").path(0).has("SpecialToken");
  }
}
