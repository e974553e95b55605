package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.MappedFile;
import io.dipper.tracegen.format.MappedTensor;
import io.dipper.tracegen.format.WeightTensor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * A GGUF file, version 2 or 3, mapped: its metadata and its tensors, whatever they are for. A file
 * may hold a vocabulary only.
 */
public final class GgufFile {
  private final MappedFile file;
  private final int version;
  private final GgufMetadata metadata;
  private final Map<String, GgufTensor> tensors;

  GgufFile(MappedFile file, int version, GgufMetadata metadata, Map<String, GgufTensor> tensors) {
    this.file = file;
    this.version = version;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /** Whether a file begins as GGUF does. */
  public static boolean isGguf(MappedFile file) {
    return GgufHeader.hasMagic(file);
  }

  /**
   * Reads the header of a mapped file.
   *
   * @throws UserException if it is damaged, or uses what is not supported
   */
  public static GgufFile open(MappedFile file) {
    return new GgufHeader(file).read();
  }

  public MappedFile file() {
    return file;
  }

  public Path path() {
    return file.path();
  }

  public int version() {
    return version;
  }

  public GgufMetadata metadata() {
    return metadata;
  }

  /** In file order. */
  public Collection<GgufTensor> tensors() {
    return Collections.unmodifiableCollection(tensors.values());
  }

  /** A tensor as a weight matrix: all dimensions but the contiguous one are rows. */
  public Optional<WeightTensor> tensor(String name) {
    return Optional.ofNullable(tensors.get(name)).map(this::weights);
  }

  private WeightTensor weights(GgufTensor tensor) {
    long columns = tensor.dimensions().get(0);
    long rows = tensor.weights() / columns;
    if (columns > Integer.MAX_VALUE || rows > Integer.MAX_VALUE) {
      throw UserException.in(
          path(), "tensor %s is too large: %s".formatted(tensor.name(), tensor.dimensions()));
    }
    return new MappedTensor(
        tensor.name(), tensor.type(), (int) rows, (int) columns, file, tensor.position());
  }
}
