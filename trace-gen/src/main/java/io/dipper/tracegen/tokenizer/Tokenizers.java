package io.dipper.tracegen.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.error.UserException;
import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads the tokenizer that belongs to a model. */
public final class Tokenizers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE_NAME = "tokenizer.json";

  private Tokenizers() {}

  /**
   * The tokenizer of a model: a directory's tokenizer.json, a GGUF file's own vocabulary, or a
   * tokenizer.json itself.
   *
   * @throws UserException if there is none, or one of a kind that is not supported
   */
  public static Tokenizer forModel(Path model) {
    if (Files.isDirectory(model)) {
      Path json = model.resolve(FILE_NAME);
      if (!Files.exists(json)) {
        throw UserException.in(model, "has no " + FILE_NAME);
      }
      return fromJson(json);
    }
    MappedFile file = MappedFile.open(model);
    return GgufFile.isGguf(file) ? fromGguf(GgufFile.open(file)) : fromJson(model);
  }

  /** The tokenizer that a tokenizer.json defines; truncation and padding are left out. */
  public static Tokenizer fromJson(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!(root instanceof ObjectNode definition) || !definition.has("model")) {
        throw UserException.in(file, "is no tokenizer.json: it has no model");
      }
      definition.putNull("truncation").putNull("padding");
      return DjlTokenizer.load(file, FILE_NAME, JSON.writeValueAsBytes(definition));
    } catch (JsonProcessingException e) {
      throw new UserException(file + ": is no tokenizer.json: it is no JSON", e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  /** The tokenizer that a GGUF file's metadata defines. */
  public static Tokenizer fromGguf(GgufFile file) {
    String kind = file.metadata().text("tokenizer.ggml.model");
    String pre = file.metadata().text("tokenizer.ggml.pre", "default");
    GgufVocabulary vocabulary = GgufVocabulary.of(file);
    byte[] json =
        switch (kind) {
          case "gpt2" -> ByteLevelBpe.json(vocabulary);
          case "llama" -> SentencePieceBpe.json(vocabulary);
          default ->
              throw UserException.in(
                  file.path(), "tokenizer " + kind + " is not supported; supported: gpt2, llama");
        };
    return DjlTokenizer.load(file.path(), "gguf " + kind + "/" + pre, json);
  }
}
