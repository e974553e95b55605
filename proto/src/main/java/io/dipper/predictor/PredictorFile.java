package io.dipper.predictor;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.FileKind;
import io.dipper.files.MappedFile;
import io.dipper.files.OutputFile;
import io.dipper.predictor.Predictor.Look;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.SafetensorsWriter;
import io.dipper.trace.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predictors as safetensors files: {@code layers.N.inner} of {@code [H, r]} and {@code
 * layers.N.outer} of {@code [r, I]}, and in the metadata what a {@link Look} says. Types F32, F16
 * and BF16 are read, F32 is written.
 */
public final class PredictorFile {
  private static final String FORMAT = "dipper-predictor-1";

  /** Predictors among files. */
  public static final FileKind KIND =
      FileKind.ofText("a predictor", start -> start.contains(FORMAT));

  private static final String BITS = "bits";
  private static final double DEFAULT_BITS = 16;

  private final Path path;
  private final SafetensorsFile file;

  private PredictorFile(Path path) {
    this.path = path;
    this.file = SafetensorsFile.open(MappedFile.open(path));
  }

  /**
   * Reads a predictor.
   *
   * @throws UserException if the file is none: cut, of another format, or not of one shape
   */
  public static Predictor read(Path path) {
    return new PredictorFile(path).read();
  }

  /** Writes a predictor; the caller commits the file. */
  public static void write(Predictor predictor, OutputFile out) throws IOException {
    Look look = predictor.look();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("form", predictor.layers().get(0).rectified() ? "relu" : "linear");
    metadata.put("layers_back", Integer.toString(look.layersBack()));
    metadata.put("target", look.target().id());
    metadata.put("keep", Double.toString(look.keep()));
    metadata.put(BITS, Double.toString(predictor.bits()));
    metadata.put("model_sha256", look.modelSha256());
    SafetensorsWriter writer = new SafetensorsWriter(metadata);
    for (int l = 0; l < predictor.layers().size(); l++) {
      MapTensors.add(writer, prefix(l), predictor.layers().get(l));
    }
    writer.write(out);
  }

  private Predictor read() {
    if (!FORMAT.equals(file.metadata().get("format"))) {
      throw UserException.in(
          path,
          "is no predictor: its metadata has no format "
              + FORMAT
              + "; dipper train predictor"
              + " writes one");
    }
    String form = text("form");
    if (!List.of("linear", "relu").contains(form)) {
      throw wrong("form", "linear or relu");
    }
    List<LowRankMap> layers = new ArrayList<>();
    while (MapTensors.begins(file, prefix(layers.size()))) {
      layers.add(layer(layers.size(), form.equals("relu")));
    }
    if (layers.isEmpty() || file.tensors().size() != 2 * layers.size()) {
      throw UserException.in(
          path,
          "has "
              + file.tensors().size()
              + " tensors, expected layers.N.inner and layers.N.outer for each layer from 0 on");
    }
    return new Predictor(layers, look(), bits());
  }

  private LowRankMap layer(int index, boolean rectified) {
    MapTensors tensors = MapTensors.find(file, prefix(index));
    if (!tensors.fit() || !tensors.hasShapesOf(MapTensors.find(file, prefix(0)))) {
      throw UserException.in(
          path,
          "layer %d has matrices %s and %s, expected [H, r] and [r, I] with r, H and I of layer 0"
              .formatted(index, tensors.inner().shape(), tensors.outer().shape()));
    }
    return tensors.read(rectified);
  }

  private Look look() {
    Site target =
        List.of(Site.GLU, Site.GATE, Site.UP).stream()
            .filter(site -> site.id().equals(text("target")))
            .findFirst()
            .orElseThrow(() -> wrong("target", "glu, gate or up"));
    double layersBack = number("layers_back");
    if (layersBack != 0 && layersBack != 1) {
      throw wrong("layers_back", "0 or 1");
    }
    return new Look((int) layersBack, target, number("keep"), text("model_sha256"));
  }

  private double bits() {
    if (!file.metadata().containsKey(BITS)) {
      return DEFAULT_BITS;
    }
    double bits = number(BITS);
    if (!(bits > 0 && bits <= Double.SIZE)) {
      throw wrong(BITS, "a number above 0, at most 64");
    }
    return bits;
  }

  private String text(String key) {
    String text = file.metadata().get(key);
    if (text == null) {
      throw UserException.in(path, "has no " + key + " in its metadata, expected of a predictor");
    }
    return text;
  }

  private double number(String key) {
    try {
      return Double.parseDouble(text(key));
    } catch (NumberFormatException e) {
      throw wrong(key, "a number");
    }
  }

  private UserException wrong(String key, String expected) {
    return UserException.in(
        path,
        "has %s '%s' in its metadata, expected %s"
            .formatted(key, Visible.shortLine(text(key)), expected));
  }

  private static String prefix(int layer) {
    return "layers." + layer + ".";
  }
}
