package io.dipper.tracegen.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Builds the document that Hugging Face's tokenizers read, of a BPE model. */
final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final ObjectNode model = JSON.createObjectNode();

  TokenizerJson(GgufVocabulary vocabulary) {
    root.put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    for (GgufVocabulary.Added token : vocabulary.added()) {
      added
          .addObject()
          .put("id", token.id())
          .put("content", token.content())
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", token.special());
    }
    model.put("type", "BPE");
    ObjectNode ids = model.putObject("vocab");
    List<String> tokens = vocabulary.tokens();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
  }

  /** One setting of the BPE model. */
  TokenizerJson model(String key, boolean value) {
    model.put(key, value);
    return this;
  }

  /** One setting of the BPE model. */
  TokenizerJson model(String key, String value) {
    model.put(key, value);
    return this;
  }

  /** Pairs that merge, the first ones first. */
  TokenizerJson merges(List<String[]> pairs) {
    ArrayNode merges = model.putArray("merges");
    for (String[] pair : pairs) {
      merges.addArray().add(pair[0]).add(pair[1]);
    }
    return this;
  }

  /** A stage of the pipeline that is a sequence of steps. */
  Steps sequence(String stage, String listName) {
    ObjectNode sequence = root.putObject(stage).put("type", "Sequence");
    return new Steps(sequence.putArray(listName));
  }

  byte[] bytes() {
    root.set("model", model);
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree always has a text", e);
    }
  }

  /** The steps of one stage. */
  record Steps(ArrayNode list) {
    ObjectNode add(String type) {
      return list.addObject().put("type", type);
    }
  }
}
