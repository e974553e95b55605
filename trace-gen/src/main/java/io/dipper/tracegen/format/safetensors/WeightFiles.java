package io.dipper.tracegen.format.safetensors;

import io.dipper.error.UserException;
import io.dipper.files.MappedFile;
import io.dipper.safetensors.SafetensorsFile;
import io.dipper.safetensors.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The weights of a Hugging Face directory: one safetensors file, or several named by an index.
 *
 * @param tensors by name
 * @param files in name order
 */
record WeightFiles(Map<String, StoredTensor> tensors, List<MappedFile> files) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  /** The safetensors files of a directory in name order, whether or not an index names them. */
  static List<Path> candidates(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    } catch (IOException e) {
      throw UserException.unreadable(directory, e);
    }
  }

  static WeightFiles open(Path directory) {
    if (Files.exists(directory.resolve(INDEX))) {
      return openShards(directory);
    }
    if (!Files.exists(directory.resolve(SINGLE))) {
      throw UserException.in(directory, "has neither " + SINGLE + " nor " + INDEX);
    }
    SafetensorsFile only = SafetensorsFile.open(directory.resolve(SINGLE));
    return new WeightFiles(only.tensors(), List.of(only.file()));
  }

  private static WeightFiles openShards(Path directory) {
    JsonFields index = JsonFields.read(directory.resolve(INDEX));
    var shards = new TreeSet<String>();
    index
        .object("weight_map")
        .node()
        .properties()
        .forEach(entry -> shards.add(shardName(index, entry.getValue().asText())));
    if (shards.isEmpty()) {
      throw index.wrong("weight_map", "an object from tensor to file");
    }
    var tensors = new LinkedHashMap<String, StoredTensor>();
    var files = new java.util.ArrayList<MappedFile>();
    for (String shard : shards) {
      SafetensorsFile opened = SafetensorsFile.open(directory.resolve(shard));
      files.add(opened.file());
      opened.tensors().forEach((name, tensor) -> putOnce(tensors, name, tensor));
    }
    return new WeightFiles(tensors, files);
  }

  /** A shard lies beside its index, never elsewhere. */
  private static String shardName(JsonFields index, String name) {
    if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.contains("\0")) {
      throw UserException.in(
          index.file(), "weight_map names the file '" + name + "', expected one beside it");
    }
    return name;
  }

  private static void putOnce(Map<String, StoredTensor> tensors, String name, StoredTensor tensor) {
    StoredTensor other = tensors.put(name, tensor);
    if (other != null) {
      throw UserException.in(
          tensor.file().path(), "holds tensor " + name + ", as " + other.file().path() + " does");
    }
  }
}
