package io.dipper.hwsim.study.sweep;

import io.dipper.config.YamlDocument;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.WrittenValues;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a sweep file strictly. Paths in it are relative to its folder. */
final class SweepReader {
  private static final String TRACE = "trace";
  private static final String MODEL = "model";
  private static final String SHAPE = "shape";
  private static final List<String> MODEL_KEYS = List.of(SHAPE, "quant", "tokens");
  private static final String TOKENS = "a whole number of tokens, at least 1";
  private static final long MOST_POINTS = 100_000;

  private final YamlMapping root;
  private final Path file;

  private SweepReader(YamlMapping root, Path file) {
    this.root = root;
    this.file = file;
  }

  /** The keys of a sweep file: of its models, and of every setting. */
  static List<String> keys() {
    return Stream.concat(
            Stream.of(TRACE, MODEL, SHAPE),
            PointSettings.ALL.stream().flatMap(s -> s.keys().stream()))
        .toList();
  }

  static SweepSpec read(Path file) {
    List<String> keys = keys();
    YamlMapping root = YamlDocument.read(file).asMapping("a mapping of " + String.join(", ", keys));
    root.allowOnly(keys);
    SweepReader reader = new SweepReader(root, file);
    SweepSpec spec =
        new SweepSpec(reader.trace(), reader.model(), Grid.read(PointSettings.ALL, root, file));
    if (spec.grid().size() > MOST_POINTS) {
      throw root.error(
          "the grid has "
              + spec.grid().size()
              + " points, more than "
              + MOST_POINTS
              + "; split it");
    }
    return spec;
  }

  private @Nullable Path trace() {
    YamlNode node = root.get(TRACE);
    return node == null ? null : file.resolveSibling(node.asScalar("a trace file").text());
  }

  private ModelChoice model() {
    YamlNode node = root.get(MODEL);
    if (node == null) {
      return root.get(SHAPE) == null
          ? ModelChoice.OF_THE_TRACE
          : new ModelChoice(runs(root.require(SHAPE), ShapeRecording.DEFAULT_TOKENS), null);
    }
    YamlMapping model = node.asMapping("a mapping of " + String.join(", ", MODEL_KEYS));
    model.allowOnly(MODEL_KEYS);
    YamlNode quant = model.get("quant");
    Quantisation quantisation =
        quant == null
            ? null
            : WrittenValues.placed(
                quant, () -> Quantisations.find(quant.asScalar("a quantisation").text()));
    return new ModelChoice(runs(model), quantisation);
  }

  /** The shapes that stand beside everything else, or in the model. */
  private List<ModelChoice.Run> runs(YamlMapping model) {
    YamlNode inside = model.get(SHAPE);
    YamlNode beside = root.get(SHAPE);
    if (inside != null && beside != null) {
      throw inside.error("shape is given beside model too; keep one of them");
    }
    YamlNode shape = inside == null ? beside : inside;
    if (shape == null && model.get("tokens") != null) {
      throw model.keyAt("tokens").error("tokens are for a shape; a trace has its own");
    }
    return shape == null ? List.of() : runs(shape, tokens(model.get("tokens")));
  }

  private List<ModelChoice.Run> runs(YamlNode shape, int tokens) {
    if (root.get(TRACE) != null) {
      throw shape.error("a trace is given too, and has a model of its own; keep one of them");
    }
    return WrittenValues.list(shape, "a shape", node -> run(node, tokens));
  }

  /** What is wrong inside of a file has its place there. */
  private ModelChoice.Run run(YamlNode node, int tokens) {
    String text = node.asScalar("a shape").text();
    Path own = ModelShapes.isFile(text) ? file.resolveSibling(text).normalize() : null;
    NamedShape shape =
        own == null
            ? WrittenValues.placed(node, () -> ModelShapes.find(text))
            : ModelShapes.read(own);
    return WrittenValues.placed(
        node, () -> new ModelChoice.Run(new ShapeRecording(shape, tokens), own));
  }

  private static int tokens(@Nullable YamlNode node) {
    if (node == null) {
      return ShapeRecording.DEFAULT_TOKENS;
    }
    long tokens = node.asScalar(TOKENS).asLong(TOKENS);
    if (tokens < 1 || tokens > Integer.MAX_VALUE) {
      throw node.wrongKind(TOKENS);
    }
    return (int) tokens;
  }
}
