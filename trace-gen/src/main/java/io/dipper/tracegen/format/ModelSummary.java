package io.dipper.tracegen.format;

import java.util.List;
import java.util.Optional;

/**
 * What the header of a model file says, for a person to read.
 *
 * @param format e.g. {@code GGUF v3} or {@code safetensors}
 * @param metadata the header's own entries, in file order
 * @param tensors in file order
 * @param config the hyperparameters, without the file digest; empty where the file is no complete
 *     model
 * @param note why {@code config} is empty, else empty
 */
public record ModelSummary(
    String format,
    List<Entry> metadata,
    List<TensorEntry> tensors,
    Optional<ModelConfig> config,
    String note) {

  /**
   * One metadata entry.
   *
   * @param type as the format names it
   * @param value shortened to one line
   */
  public record Entry(String key, String type, String value) {}

  /**
   * One tensor.
   *
   * @param shape outermost dimension first, as in NumPy
   * @param bytes stored
   */
  public record TensorEntry(String name, String type, List<Long> shape, long bytes) {}
}
