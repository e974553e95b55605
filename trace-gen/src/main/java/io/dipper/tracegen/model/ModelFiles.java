package io.dipper.tracegen.model;

import io.dipper.error.UserException;
import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.gguf.GgufFile;
import io.dipper.tracegen.format.gguf.GgufModel;
import io.dipper.tracegen.format.gguf.GgufParts;
import io.dipper.tracegen.format.gguf.GgufSummary;
import io.dipper.tracegen.format.safetensors.HuggingFaceModel;
import io.dipper.tracegen.format.safetensors.SafetensorsSummary;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens a model, whichever format it is in. */
public final class ModelFiles {
  private static final String EXPECTED =
      "expected a GGUF file or a directory with config.json and safetensors";

  private ModelFiles() {}

  /**
   * Opens a GGUF file or a Hugging Face directory. Weights are mapped, not read.
   *
   * @throws UserException that says what was found instead
   */
  public static ModelFile open(Path path) {
    if (Files.isDirectory(path)) {
      requireConfig(path);
      return HuggingFaceModel.open(path);
    }
    if (isSafetensors(path)) {
      throw UserException.in(path, "is one file of weights, " + EXPECTED);
    }
    return GgufModel.open(GgufFile.open(gguf(path)));
  }

  /**
   * Describes a GGUF file, a safetensors file or a Hugging Face directory, from headers only. A
   * file that is well formed but no model that can be run is described too.
   *
   * @throws UserException if it is none of them, or damaged
   */
  public static ModelSummary summary(Path path) {
    if (Files.isDirectory(path)) {
      requireConfig(path);
      return SafetensorsSummary.ofDirectory(path);
    }
    if (isSafetensors(path)) {
      return SafetensorsSummary.ofFile(MappedFile.open(path));
    }
    return GgufSummary.of(gguf(path));
  }

  /**
   * The files that hold a model, by their names alone: what was given, the other parts of a GGUF
   * file in parts, and what lies in a directory. A directory of a hub's cache holds links to files
   * elsewhere, so it is not enough to name the directory.
   */
  public static List<Path> files(Path path) {
    List<Path> files = new ArrayList<>(List.of(path));
    if (Files.isDirectory(path)) {
      files.addAll(listed(path, "*"));
    } else {
      GgufParts.namedAlike(path)
          .ifPresent(glob -> files.addAll(listed(path.toAbsolutePath().resolveSibling("."), glob)));
    }
    return files;
  }

  private static List<Path> listed(Path directory, String glob) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
      found.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // whoever opens the model says what is wrong with it
    }
    return files;
  }

  private static void requireConfig(Path directory) {
    if (!Files.exists(directory.resolve("config.json"))) {
      throw UserException.in(directory, "is a directory without config.json, " + EXPECTED);
    }
  }

  private static boolean isSafetensors(Path path) {
    return path.toString().endsWith(".safetensors");
  }

  private static MappedFile gguf(Path path) {
    MappedFile file = MappedFile.open(path);
    if (!GgufFile.isGguf(file)) {
      throw UserException.in(path, "does not begin with GGUF, " + EXPECTED);
    }
    return file;
  }
}
