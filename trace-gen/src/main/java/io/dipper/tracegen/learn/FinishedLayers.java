package io.dipper.tracegen.learn;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile;
import io.dipper.predictor.LowRankMap;
import io.dipper.predictor.MapTensors;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a predictor that are trained so far, a file each in a folder beside the result, so
 * that a run that was killed can go on. A layer of other data or settings has another name. Safe
 * for use by many threads.
 */
public final class FinishedLayers {
  private final Path folder;
  private final String identity;

  /**
   * @param output the file that training will write
   * @param identity a digest of all that the result depends on
   */
  public FinishedLayers(Path output, String identity) {
    this.folder = output.resolveSibling(output.getFileName() + ".layers");
    this.identity = identity;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** A finished layer, or null where there is none. */
  @Nullable FittedMap find(int layer) {
    Path file = file(layer);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    SafetensorsFile stored = SafetensorsFile.open(file);
    boolean rectified = Boolean.parseBoolean(text(stored, file, "rectified"));
    MapTensors tensors = MapTensors.find(stored, "");
    if (!tensors.fit()) {
      throw foreign(file);
    }
    return new FittedMap(
        tensors.read(rectified),
        Double.parseDouble(text(stored, file, "loss")),
        Double.parseDouble(text(stored, file, "recall")));
  }

  void add(int layer, FittedMap fitted) {
    LowRankMap map = fitted.map();
    SafetensorsWriter writer =
        new SafetensorsWriter(
            Map.of(
                "rectified", Boolean.toString(map.rectified()),
                "loss", Double.toString(fitted.loss()),
                "recall", Double.toString(fitted.recall())));
    MapTensors.add(writer, "", map);
    Path file = file(layer);
    try {
      Files.createDirectories(folder);
      try (OutputFile out = OutputFile.result(file)) {
        writer.write(out);
        out.commit();
      }
    } catch (IOException e) {
      throw new UserException(file + ": cannot be written", e);
    }
  }

  /** Removes the folder and its layers; files of others in it stay, and then the folder. */
  public void remove() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(FinishedLayers::isLayer).toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // What is left takes room, and harms nothing: its names say what it is.
    }
  }

  private static boolean isLayer(Path file) {
    return file.getFileName().toString().matches("layer-\\d+-[0-9a-f]+\\.safetensors");
  }

  private Path file(int layer) {
    return folder.resolve("layer-" + layer + "-" + identity.substring(0, 16) + ".safetensors");
  }

  private static String text(SafetensorsFile stored, Path file, String key) {
    String text = stored.metadata().get(key);
    if (text == null) {
      throw foreign(file);
    }
    return text;
  }

  private static UserException foreign(Path file) {
    return UserException.in(file, "is no layer of a predictor in training; remove it");
  }
}
