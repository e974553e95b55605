package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.safetensors.StoredTensor;
import io.dipper.tracegen.format.MappedModel;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.WeightTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Opens a Hugging Face directory: config.json, and safetensors beside it. */
public final class HuggingFaceModel {
  private static final String EMBEDDING = "embed_tokens.weight";
  private static final Pattern LAYER = Pattern.compile("layers\\.(\\d{1,6})\\.(.+)");
  private static final String FIRST_NORM = "layers.0.input_layernorm.weight";
  private static final List<String> HEADS =
      List.of("lm_head.weight", "language_model.lm_head.weight");

  /** Older checkpoints store what follows from the RoPE base. */
  private static final String DERIVED = "self_attn.rotary_emb.inv_freq";

  private final Path directory;
  private final HuggingFaceConfig config;
  private final WeightFiles weights;
  private final ExpertTensors experts;
  private final Map<String, TensorRole> biases;
  private final TensorTable table = new TensorTable();

  private HuggingFaceModel(Path directory) {
    this.directory = directory;
    this.config = new HuggingFaceConfig(JsonFields.read(directory.resolve("config.json")));
    this.weights = WeightFiles.open(directory);
    this.experts = new ExpertTensors(directory, config.family(), config.experts());
    this.biases = HuggingFaceNames.biases(config.family(), config.fields());
  }

  /**
   * Opens a model.
   *
   * @throws UserException if the directory is no complete model of a supported architecture
   */
  public static MappedModel open(Path directory) {
    return new HuggingFaceModel(directory).open();
  }

  private MappedModel open() {
    assignRoles();
    experts.stack(table);
    tie();
    checkBiases();
    WeightTensor embedding = table.get(TensorRole.EMBEDDING, -1).orElseThrow(this::noEmbedding);
    checkWidth("hidden_size", embedding.columns());
    checkWidth("vocab_size", embedding.rows());
    String quantisation =
        table
            .get(TensorRole.DOWN, 0)
            .or(() -> table.get(TensorRole.EXPERT_DOWN, 0))
            .orElseThrow(() -> UserException.in(directory, "has no mlp.down_proj of layer 0"))
            .type();
    ModelConfig read =
        config.read(name(), quantisation, embedding.rows(), BosRule.addsBos(directory));
    return new MappedModel(directory, read, table, weights.files());
  }

  private String name() {
    return directory.toAbsolutePath().normalize().getFileName().toString();
  }

  private void assignRoles() {
    String prefix = prefix();
    var names = new HashMap<>(HuggingFaceNames.ofLayer(config.family()));
    names.putAll(biases);
    for (StoredTensor tensor : weights.tensors().values()) {
      if (HEADS.contains(tensor.name())) {
        table.put(TensorRole.OUTPUT, -1, Dtypes.weights(tensor));
      } else if (tensor.name().startsWith(prefix)) {
        assign(tensor, tensor.name().substring(prefix.length()), names);
      }
    }
  }

  private void assign(StoredTensor tensor, String name, Map<String, TensorRole> names) {
    Matcher layer = LAYER.matcher(name);
    if (name.equals(EMBEDDING)) {
      table.put(TensorRole.EMBEDDING, -1, Dtypes.weights(tensor));
    } else if (name.equals("norm.weight")) {
      table.put(TensorRole.OUTPUT_NORM, -1, Dtypes.weights(tensor));
    } else if (layer.matches() && !layer.group(2).equals(DERIVED)) {
      TensorRole role = names.get(layer.group(2));
      int index = Integer.parseInt(layer.group(1));
      if (index < config.layers() && experts.take(index, layer.group(2), tensor, table)) {
        return;
      }
      if (role == null || index >= config.layers()) {
        throw UserException.in(
            directory,
            "tensor %s has no place in %s of %d layers%s"
                .formatted(
                    Visible.shortLine(tensor.name()),
                    config.architecture(),
                    config.layers(),
                    name.endsWith(".bias") ? ": config.json gives it no bias" : ""));
      }
      table.put(role, index, Dtypes.weights(tensor));
    }
  }

  /**
   * Ties head and embedding as the transformers library does: where the file has both they are what
   * it says, even if the configuration ties them; where one is missing the other takes its place.
   */
  private void tie() {
    boolean hasHead = table.get(TensorRole.OUTPUT, -1).isPresent();
    boolean hasEmbedding = table.get(TensorRole.EMBEDDING, -1).isPresent();
    if (!hasHead && !config.tied()) {
      throw UserException.in(
          directory, "has no lm_head.weight, and config.json does not set tie_word_embeddings");
    }
    if (hasHead && !hasEmbedding && config.tied()) {
      table.put(TensorRole.EMBEDDING, -1, table.get(TensorRole.OUTPUT, -1).orElseThrow());
    }
  }

  private void checkBiases() {
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Map.Entry<String, TensorRole> bias : biases.entrySet()) {
        if (table.get(bias.getValue(), layer).isEmpty()) {
          throw UserException.in(
              directory,
              "has no " + bias.getKey() + " in layer " + layer + ", which config.json asks for");
        }
      }
    }
  }

  /** A size of the embedding; the vocabulary's may be left out. */
  private void checkWidth(String key, int stored) {
    JsonFields fields = config.fields();
    if (fields.has(key) && fields.positive(key) != stored) {
      throw fields.wrong(key, stored + " as in " + EMBEDDING);
    }
  }

  private UserException noEmbedding() {
    return UserException.in(directory, "has no tensor " + EMBEDDING);
  }

  /**
   * What stands before the decoder's names: {@code model.}, or more in a model of several parts.
   */
  private String prefix() {
    return Stream.of(EMBEDDING, FIRST_NORM)
        .flatMap(
            anchor ->
                weights.tensors().keySet().stream()
                    .filter(name -> name.equals(anchor) || name.endsWith("." + anchor))
                    .map(name -> name.substring(0, name.length() - anchor.length())))
        .findFirst()
        .orElseThrow(this::noEmbedding);
  }
}
