package io.dipper.hwsim.profile.model;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.dipper.config.MessageReader;
import io.dipper.config.Nearest;
import io.dipper.config.YamlDocument;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shapes that are known by name; they stand in the resource {@code shapes.yaml}. */
public final class ModelShapes {
  private static final String FILE = "shapes.yaml";
  private static final List<String> ACTIVATIONS = List.of("swiglu", "geglu");
  private static final String WINDOW = "sliding_window";
  private static final String DENSE = "leading_dense_layers";
  private static final List<NamedShape> BUILT_IN = read(Catalogue.read(FILE));

  private ModelShapes() {}

  /** Every shape, in the order of the file. */
  public static List<NamedShape> all() {
    return BUILT_IN;
  }

  /**
   * A shape by its name.
   *
   * @throws UserException where there is none; it names the nearest
   */
  public static NamedShape find(String name) {
    List<String> names = BUILT_IN.stream().map(NamedShape::name).toList();
    return BUILT_IN.stream()
        .filter(shape -> shape.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown shape '"
                        + name
                        + "'; "
                        + Nearest.hint(name, names)
                        + " (dipper models shapes)"));
  }

  /** Whether a shape is named by its file: it ends in .yaml or .yml, or has a folder. */
  public static boolean isFile(String nameOrPath) {
    return nameOrPath.matches(".*(\\.ya?ml|[/\\\\].*)");
  }

  /**
   * The shape of a user's file, which has the keys of one and is named as the file is.
   *
   * @throws UserException with file, line and column of the first thing that is wrong
   */
  public static NamedShape read(Path file) {
    if (!Files.exists(file)) {
      throw new UserException(file + ": there is no such file");
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return shape(name, YamlDocument.read(file).asMapping("the numbers of a shape"));
  }

  /** The shapes of a document, checked. */
  static List<NamedShape> read(YamlMapping root) {
    List<NamedShape> shapes = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : root.values().entrySet()) {
      shapes.add(shape(entry.getKey(), entry.getValue().asMapping("the numbers of a shape")));
    }
    return List.copyOf(shapes);
  }

  private static NamedShape shape(String name, YamlMapping mapping) {
    ModelShape.Builder shape = ModelShape.newBuilder();
    new MessageReader(
            "tied", "activation", "full_attention_every", "leading_dense_layers", "source")
        .read(mapping, shape);
    shape.setName(name);
    List<String> optional = optional(shape.getExperts() > 0, mapping);
    for (FieldDescriptor field : ModelShape.getDescriptor().getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.INT
          && !optional.contains(field.getName())) {
        YamlNode number = mapping.require(field.getName());
        if ((int) shape.getField(field) <= 0) {
          throw number.error(field.getName() + " must be at least 1");
        }
      }
    }
    if (shape.getHeads() % shape.getKvHeads() != 0) {
      throw mapping.require("kv_heads").error("heads must be a multiple of kv_heads");
    }
    setWindows(mapping, shape);
    setRouted(mapping, shape);
    boolean tied = mapping.require("tied").asScalar("true or false").asBoolean();
    String activation = Catalogue.text(mapping, "activation");
    if (!ACTIVATIONS.contains(activation)) {
      throw mapping.require("activation").error(Nearest.hint(activation, ACTIVATIONS));
    }
    return new NamedShape(shape.build(), tied, activation, Catalogue.text(mapping, "source"));
  }

  /** The sizes that a shape may leave out. */
  private static List<String> optional(boolean experts, YamlMapping mapping) {
    List<String> names =
        new ArrayList<>(List.of(WINDOW, "shared_intermediate_size", "layer_kernels"));
    if (!experts) {
      names.addAll(List.of("experts", "experts_per_token", "expert_intermediate_size"));
    } else if (mapping.get(DENSE) == null) {
      names.add("intermediate_size");
    }
    return names;
  }

  /** The first layers may be without experts. */
  private static void setRouted(YamlMapping mapping, ModelShape.Builder shape) {
    if (shape.getExpertsPerToken() > shape.getExperts()) {
      throw mapping.require("experts_per_token").error("must be at most the experts");
    }
    YamlNode leading = mapping.get(DENSE);
    if (leading == null) {
      return;
    }
    String expected = "a number of layers, fewer than all";
    long dense = leading.asScalar(expected).asLong(expected);
    if (dense < 1 || dense >= shape.getLayers() || shape.getExperts() == 0) {
      throw leading.error(DENSE + " takes experts and " + expected);
    }
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      shape.addRouted(layer >= dense);
    }
  }

  /** A window, and in which layers: all, or all but every n-th, which attends to everything. */
  private static void setWindows(YamlMapping mapping, ModelShape.Builder shape) {
    YamlNode window = mapping.get(WINDOW);
    if (window != null && shape.getSlidingWindow() <= 0) {
      throw window.error("sliding_window must be at least 1");
    }
    YamlNode every = mapping.get("full_attention_every");
    if (every == null) {
      return;
    }
    String expected = "a whole number of layers, at least 2";
    long period = every.asScalar(expected).asLong(expected);
    if (period < 2 || window == null) {
      throw every.error("full_attention_every takes a sliding_window and " + expected);
    }
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      shape.addWindowed((layer + 1) % period != 0);
    }
  }
}
