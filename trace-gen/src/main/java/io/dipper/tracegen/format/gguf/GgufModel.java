package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.tracegen.format.MappedModel;
import io.dipper.tracegen.format.ModelConfig;
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
  private final Map<String, TensorRole> outer;
  private final Map<String, TensorRole> inner;
  private final TensorTable table = new TensorTable();

  private GgufModel(GgufFile file) {
    this.file = file;
    this.config = new GgufConfig(file);
    this.outer = GgufNames.outside(config.architecture(), config.isLongRope());
    this.inner = GgufNames.ofLayer(config.architecture(), config.hasExperts());
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
    for (GgufTensor tensor : file.tensors()) {
      if (!GgufNames.isOfImages(tensor.name())) {
        assign(file.tensor(tensor.name()).orElseThrow());
      }
    }
    WeightTensor embedding = need(TensorRole.EMBEDDING, -1, "token_embd.weight");
    String mainType =
        config.hasExperts()
            ? expertType()
            : need(TensorRole.DOWN, 0, "blk.0.ffn_down.weight").type();
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

  private String expertType() {
    return table
        .get(TensorRole.EXPERT_DOWN, 0)
        .orElseThrow(
            () ->
                UserException.in(
                    file.path(),
                    "has no tensor blk.0.ffn_down_exps.weight, though its metadata claim "
                        + config.experts()
                        + " experts"))
        .type();
  }

  private void assign(WeightTensor tensor) {
    Matcher name = LAYER.matcher(tensor.name());
    int layer = name.matches() ? Integer.parseInt(name.group(1)) : -1;
    TensorRole role = layer < 0 ? outer.get(tensor.name()) : inner.get(name.group(2));
    if (role == null || layer >= config.layers() || table.put(role, layer, tensor).isPresent()) {
      throw noPlace(tensor);
    }
  }

  private UserException noPlace(WeightTensor tensor) {
    return UserException.in(
        file.path(),
        "tensor %s has no place in %s of %d layers"
            .formatted(Visible.shortLine(tensor.name()), config.architecture(), config.layers()));
  }
}
