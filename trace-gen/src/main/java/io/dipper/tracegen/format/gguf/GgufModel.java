package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.MappedModel;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.TensorTable;
import io.dipper.tracegen.format.WeightTensor;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens the model that a GGUF file holds, or the files of a model in parts. */
public final class GgufModel {
  private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,6})\\.(.+)");

  private final GgufFile file;
  private final GgufConfig config;
  private final TensorTable table = new TensorTable();

  private GgufModel(GgufFile file) {
    this.file = file;
    this.config = new GgufConfig(file);
  }

  /**
   * Opens a model.
   *
   * @throws UserException if the file holds no complete model of a supported architecture
   */
  public static MappedModel open(GgufFile file) {
    return new GgufModel(file).open();
  }

  private MappedModel open() {
    if (file.encoding().bigEndian()) {
      throw UserException.in(file.path(), "is big-endian GGUF, expected little-endian");
    }
    Map<String, TensorRole> names = GgufNames.ofLayer(config.architecture());
    for (GgufTensor tensor : file.tensors()) {
      assign(file.tensor(tensor.name()).orElseThrow(), names);
    }
    WeightTensor embedding = need(TensorRole.EMBEDDING, -1, "token_embd.weight");
    String mainType = need(TensorRole.DOWN, 0, "blk.0.ffn_down.weight").type();
    String name = GgufParts.modelName(file.path());
    ModelConfig read = config.read(name, mainType, embedding.rows(), table);
    return new MappedModel(file.path(), read, table, file.files());
  }

  private WeightTensor need(TensorRole role, int layer, String name) {
    return table
        .get(role, layer)
        .orElseThrow(
            () -> UserException.in(file.path(), "has no tensor " + name + ": no model's weights"));
  }

  private void assign(WeightTensor tensor, Map<String, TensorRole> names) {
    Matcher layer = LAYER.matcher(tensor.name());
    if (layer.matches()) {
      TensorRole role = names.get(layer.group(2));
      int index = Integer.parseInt(layer.group(1));
      // Old files repeat the RoPE divisors in every layer; they are the model's.
      if (role == null && layer.group(2).startsWith("rope_")) {
        role = GgufNames.OUTER.get(layer.group(2));
        index = -1;
      }
      if (role == null || index >= config.layers()) {
        throw noPlace(tensor);
      }
      table.put(role, index, tensor);
    } else {
      TensorRole role = GgufNames.OUTER.get(tensor.name());
      if (role == null) {
        throw noPlace(tensor);
      }
      table.put(role, -1, tensor);
    }
  }

  private UserException noPlace(WeightTensor tensor) {
    return UserException.in(
        file.path(),
        "tensor %s has no place in %s of %d layers"
            .formatted(
                ModelSummary.shorten(tensor.name()), config.architecture(), config.layers()));
  }
}
