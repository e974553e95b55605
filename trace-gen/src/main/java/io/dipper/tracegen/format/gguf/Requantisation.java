package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.format.quant.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF model written once more, the matrices of its layers in another type or pruned. Metadata,
 * embedding, head, norms, biases and routers stay as they are. A matrix whose rows are no whole
 * number of the type's blocks takes {@link #FALLBACK}.
 */
public final class Requantisation {
  /** The type of rows that do not divide into blocks of 256. */
  public static final TensorType FALLBACK = TensorType.Q4_0;

  private static final Pattern MATRIX =
      Pattern.compile("blk\\.\\d+\\.(attn_(q|k|v|qkv|output)|ffn_(gate|up|down)(_exps)?)\\.weight");
  private static final Pattern MLP = Pattern.compile("blk\\.\\d+\\.ffn_.*");
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;

  private final GgufFile file;
  private final @Nullable TensorType type;
  private final Pruning pruning;

  /**
   * @param type of the layers' matrices; null for the one that each has
   * @param pruning of the feed-forward blocks' matrices, those that masks cover
   * @throws UserException if a matrix has a type that is not written
   */
  public Requantisation(GgufFile file, @Nullable TensorType type, Pruning pruning) {
    this.file = file;
    this.type = type;
    this.pruning = pruning;
    if (file.encoding().bigEndian()) {
      throw UserException.in(file.path(), "is big-endian GGUF, expected little-endian");
    }
    file.tensors().forEach(this::target);
  }

  /**
   * Opens what is to be written once more.
   *
   * @throws UserException if it is no GGUF file
   */
  public static GgufFile open(MappedFile file) {
    if (!GgufFile.isGguf(file)) {
      throw UserException.in(file.path(), "does not begin with GGUF, the one format written here");
    }
    return GgufFile.open(file);
  }

  /** The number of weights of all tensors. */
  public long weights() {
    return file.tensors().stream().mapToLong(GgufTensor::weights).sum();
  }

  /**
   * Writes the model.
   *
   * @param written told the weights of each tensor that is done
   */
  public void write(OutputStream stream, LongConsumer written) throws IOException {
    GgufOutput out = new GgufOutput(stream);
    Map<String, GgufValue> entries = entries();
    List<GgufTensor> tensors = new ArrayList<>(file.tensors());
    out.bytes(new byte[] {'G', 'G', 'U', 'F'}).int32(VERSION);
    out.int64(tensors.size()).int64(entries.size()).entries(entries);
    long offset = 0;
    for (GgufTensor tensor : tensors) {
      out.text(tensor.name()).int32(tensor.dimensions().size());
      for (long dimension : tensor.dimensions()) {
        out.int64(dimension);
      }
      TensorType target = target(tensor);
      out.int32(target == null ? (int) tensor.type().id() : target.ggufId()).int64(offset);
      long bytes = target == null ? tensor.storedBytes() : target.bytes(tensor.weights());
      offset += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    out.padded(ALIGNMENT);
    for (GgufTensor tensor : tensors) {
      data(tensor, out);
      out.padded(ALIGNMENT);
      written.accept(tensor.weights());
    }
  }

  /** The metadata of one file, with the alignment and the type that are written here. */
  private Map<String, GgufValue> entries() {
    Map<String, GgufValue> entries = new LinkedHashMap<>(file.metadata().entries());
    entries.keySet().removeIf(key -> key.startsWith("split.") || key.equals("general.alignment"));
    if (type != null) {
      FileTypes.number(type)
          .ifPresent(
              number ->
                  entries.put("general.file_type", new GgufValue.Whole(GgufType.UINT32, number)));
    }
    return entries;
  }

  /** The type that a tensor is encoded in; null where its bytes stay. */
  private @Nullable TensorType target(GgufTensor tensor) {
    boolean pruned = isPruned(tensor);
    if (!MATRIX.matcher(tensor.name()).matches() || (type == null && !pruned)) {
      return null;
    }
    TensorType wanted = type == null ? tensor.type().decoder().orElse(null) : type;
    if (wanted != null && tensor.dimensions().get(0) % wanted.weightsPerBlock() != 0) {
      wanted = FALLBACK;
    }
    if (wanted == null
        || wanted.encoder().isEmpty()
        || tensor.dimensions().get(0) % wanted.weightsPerBlock() != 0) {
      throw UserException.in(
          file.path(),
          "tensor "
              + tensor.name()
              + " cannot be written as "
              + (wanted == null ? tensor.type().name() : wanted)
              + "; give --type");
    }
    return wanted;
  }

  private boolean isPruned(GgufTensor tensor) {
    return !(pruning instanceof Pruning.None)
        && MLP.matcher(tensor.name()).matches()
        && MATRIX.matcher(tensor.name()).matches();
  }

  private void data(GgufTensor tensor, GgufOutput out) throws IOException {
    TensorType target = target(tensor);
    if (target == null) {
      byte[] chunk = new byte[1 << 16];
      for (long at = 0; at < tensor.storedBytes(); at += chunk.length) {
        int count = (int) Math.min(chunk.length, tensor.storedBytes() - at);
        tensor.file().read(tensor.position() + at, chunk, 0, count);
        out.bytes(count == chunk.length ? chunk : Arrays.copyOf(chunk, count));
      }
      return;
    }
    WeightTensor weights = file.tensor(tensor.name()).orElseThrow();
    // A matrix is pruned as a whole; each expert's is one.
    int matrices = tensor.dimensions().size() > 2 ? Math.toIntExact(tensor.dimensions().get(2)) : 1;
    int rows = weights.rows() / matrices;
    float[] values = new float[Math.multiplyExact(rows, weights.columns())];
    for (int m = 0; m < matrices; m++) {
      weights.decode(m * rows, rows, values, 0);
      if (isPruned(tensor)) {
        pruning.apply(values);
      }
      out.bytes(encoded(values, target));
    }
  }

  private static byte[] encoded(float[] values, TensorType type) {
    byte[] bytes = new byte[Math.toIntExact(type.bytes(values.length))];
    type.encode(values, bytes, 0);
    return bytes;
  }
}
