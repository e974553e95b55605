package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.MappedModel;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.format.safetensors.SafetensorsFile.StoredTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a Hugging Face directory: config.json, and safetensors beside it. */
public final class HuggingFaceModel {
  private static final String EMBEDDING = "embed_tokens.weight";
  private static final Pattern LAYER = Pattern.compile("layers\\.(\\d{1,6})\\.(.+)");

  /** Older checkpoints store what follows from the RoPE base. */
  private static final String DERIVED = "self_attn.rotary_emb.inv_freq";

  private final Path directory;
  private final HuggingFaceConfig config;
  private final WeightFiles weights;
  private final TensorTable table = new TensorTable();

  private HuggingFaceModel(Path directory) {
    this.directory = directory;
    this.config = new HuggingFaceConfig(JsonFields.read(directory.resolve("config.json")));
    this.weights = WeightFiles.open(directory);
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
    WeightTensor embedding =
        table
            .get(TensorRole.EMBEDDING, -1)
            .orElseThrow(() -> UserException.in(directory, "has no tensor " + EMBEDDING));
    if (!config.tied() && table.get(TensorRole.OUTPUT, -1).isEmpty()) {
      throw UserException.in(
          directory, "has no lm_head.weight, and config.json does not set tie_word_embeddings");
    }
    String quantisation =
        table
            .get(TensorRole.DOWN, 0)
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
    Map<String, TensorRole> names = HuggingFaceNames.ofLayer(config.architecture());
    for (StoredTensor tensor : weights.tensors().values()) {
      if (isHead(tensor.name())) {
        if (!config.tied()) {
          table.put(TensorRole.OUTPUT, -1, Dtypes.weights(tensor));
        }
      } else if (tensor.name().startsWith(prefix)) {
        assign(tensor, tensor.name().substring(prefix.length()), names);
      }
    }
  }

  private static boolean isHead(String name) {
    return name.equals("lm_head.weight") || name.equals("language_model.lm_head.weight");
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
      if (role == null || index >= config.layers()) {
        throw UserException.in(
            directory,
            "tensor %s has no place in %s of %d layers"
                .formatted(tensor.name(), config.architecture(), config.layers()));
      }
      table.put(role, index, Dtypes.weights(tensor));
    }
  }

  /**
   * What stands before the decoder's names: {@code model.}, or more in a model of several parts.
   */
  private String prefix() {
    return weights.tensors().keySet().stream()
        .filter(name -> name.endsWith("." + EMBEDDING) || name.equals(EMBEDDING))
        .map(name -> name.substring(0, name.length() - EMBEDDING.length()))
        .findFirst()
        .orElseThrow(() -> UserException.in(directory, "has no tensor " + EMBEDDING));
  }
}
