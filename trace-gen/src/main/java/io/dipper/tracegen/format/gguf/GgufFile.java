package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.MappedTensor;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.format.quant.TensorType;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GGUF file, version 2 or 3, mapped: its metadata and its tensors, whatever they are for. A file
 * may hold a vocabulary only. A model in several files is one of these too: the metadata of its
 * first part, the tensors of all.
 */
public final class GgufFile {
  private final GgufEncoding encoding;
  private final GgufMetadata metadata;
  private final Map<String, GgufTensor> tensors;
  private final List<MappedFile> files;

  GgufFile(
      GgufEncoding encoding,
      GgufMetadata metadata,
      Map<String, GgufTensor> tensors,
      List<MappedFile> files) {
    this.encoding = encoding;
    this.metadata = metadata;
    this.tensors = tensors;
    this.files = List.copyOf(files);
  }

  /** Whether a file begins as GGUF does. */
  public static boolean isGguf(MappedFile file) {
    return GgufHeader.hasMagic(file);
  }

  /**
   * Opens a model by its only file, or by any of its parts.
   *
   * @throws UserException if it is damaged, uses what is not supported, or a part is missing
   */
  public static GgufFile open(MappedFile file) {
    return GgufParts.complete(openAlone(file));
  }

  /**
   * Reads the header of one file, which may be a part of a model.
   *
   * @throws UserException if it is damaged, or of a version that is not supported
   */
  static GgufFile openAlone(MappedFile file) {
    return new GgufHeader(file).read();
  }

  /** The files of the model, the first part first; one, of a model in one file. */
  public List<MappedFile> files() {
    return files;
  }

  /** The path of the model's file, or of its first part. */
  public Path path() {
    return files.get(0).path();
  }

  GgufEncoding encoding() {
    return encoding;
  }

  public GgufMetadata metadata() {
    return metadata;
  }

  /** The tensors, in file order. */
  Collection<GgufTensor> tensors() {
    return Collections.unmodifiableCollection(tensors.values());
  }

  /**
   * A tensor as a weight matrix: all dimensions but the contiguous one are rows.
   *
   * @throws UserException if it is of a type that we do not decode
   */
  Optional<WeightTensor> tensor(String name) {
    return Optional.ofNullable(tensors.get(name)).map(this::weights);
  }

  private WeightTensor weights(GgufTensor tensor) {
    TensorType type = tensor.type().decoder().orElseThrow(() -> undecoded(tensor));
    long columns = tensor.dimensions().get(0);
    long rows = tensor.weights() / columns;
    if (columns > Integer.MAX_VALUE || rows > Integer.MAX_VALUE) {
      throw bad(tensor, "is too large: " + tensor.dimensions());
    }
    return new MappedTensor(
        tensor.name(), type, (int) rows, (int) columns, tensor.file(), tensor.position());
  }

  private static UserException undecoded(GgufTensor tensor) {
    return bad(
        tensor,
        "has type %s, which is not supported; supported: %s"
            .formatted(tensor.type(), TensorType.supported()));
  }

  private static UserException bad(GgufTensor tensor, String what) {
    return UserException.in(
        tensor.file().path(), "tensor " + Visible.shortLine(tensor.name()) + " " + what);
  }
}
