package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.StoredTensor;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.ModelSummary.Entry;
import io.dipper.tracegen.format.ModelSummary.TensorEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Describes a safetensors file, or a Hugging Face directory. */
public final class SafetensorsSummary {
  private SafetensorsSummary() {}

  /** A single file: its header, and no configuration. */
  public static ModelSummary ofFile(MappedFile file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    var metadata = new ArrayList<Entry>();
    opened.metadata().forEach((key, value) -> metadata.add(text(key, value)));
    return new ModelSummary(
        "safetensors",
        metadata,
        tensors(opened.tensors().values()),
        Optional.empty(),
        file.path() + ": is one file of weights, expected the folder with its config.json");
  }

  /**
   * A directory: the entries of config.json, and the tensors of those of its weight files that can
   * be read.
   */
  public static ModelSummary ofDirectory(Path directory) {
    JsonFields json = JsonFields.read(directory.resolve("config.json"));
    List<Entry> metadata =
        json.node().properties().stream()
            .map(
                entry ->
                    new Entry(
                        entry.getKey(),
                        entry.getValue().getNodeType().name(),
                        Visible.shortLine(entry.getValue().toString())))
            .toList();
    Optional<ModelConfig> config = Optional.empty();
    String note = "";
    try {
      config = Optional.of(HuggingFaceModel.open(directory).undigestedConfig());
    } catch (UserException e) {
      note = String.valueOf(e.getMessage());
    }
    List<SafetensorsFile> weights = readable(directory);
    return new ModelSummary(
        "safetensors in " + weights.size() + " file(s), config.json",
        metadata,
        weights.stream().flatMap(file -> tensors(file.tensors().values()).stream()).toList(),
        config,
        note);
  }

  /** The weight files that are there and can be read, in name order: what can be shown. */
  private static List<SafetensorsFile> readable(Path directory) {
    var opened = new ArrayList<SafetensorsFile>();
    for (Path file : WeightFiles.candidates(directory)) {
      try {
        opened.add(SafetensorsFile.open(file));
      } catch (UserException e) {
        // The note says why the model cannot be run; the other files are shown nevertheless.
        continue;
      }
    }
    return opened;
  }

  private static Entry text(String key, String value) {
    return new Entry(key, "STRING", Visible.shortLine(value));
  }

  private static List<TensorEntry> tensors(Collection<StoredTensor> tensors) {
    return tensors.stream()
        .map(t -> new TensorEntry(t.name(), t.dtype(), t.shape(), t.bytes()))
        .toList();
  }
}
