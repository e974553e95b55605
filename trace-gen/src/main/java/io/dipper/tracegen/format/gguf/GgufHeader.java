package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.MappedFile;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.quant.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a GGUF header. Nothing in it is believed: counts, lengths and ranges are checked against
 * the file before anything is allocated for them.
 */
final class GgufHeader {
  /** "GGUF" as a little-endian number. */
  private static final int MAGIC = 0x46554747;

  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int MOST_DIMENSIONS = 4;

  /** A name's length, a number of dimensions, one dimension, a type, an offset. */
  private static final int LEAST_TENSOR_BYTES = 8 + 4 + 8 + 4 + 8;

  /** A key's length, a type, one byte. */
  private static final int LEAST_ENTRY_BYTES = 8 + 4 + 1;

  private final MappedFile file;
  private final GgufCursor cursor;

  GgufHeader(MappedFile file) {
    this.file = file;
    this.cursor = new GgufCursor(file);
  }

  static boolean hasMagic(MappedFile file) {
    return file.size() >= 4 && new GgufCursor(file).int32() == MAGIC;
  }

  GgufFile read() {
    if (!hasMagic(file)) {
      throw UserException.in(file.path(), "does not begin with GGUF");
    }
    cursor.int32();
    int version = version();
    int tensorCount = cursor.count(LEAST_TENSOR_BYTES, "tensors");
    int entryCount = cursor.count(LEAST_ENTRY_BYTES, "metadata entries");
    var metadata = new GgufMetadata(file.path(), entries(entryCount));
    refuseSplit(metadata);
    List<Described> described = described(tensorCount);
    return new GgufFile(file, version, metadata, placed(described, alignment(metadata)));
  }

  private int version() {
    int version = cursor.int32();
    if (version != 2 && version != 3) {
      boolean bigEndian = Integer.reverseBytes(version) == 2 || Integer.reverseBytes(version) == 3;
      throw UserException.in(
          file.path(),
          bigEndian
              ? "is big-endian GGUF, expected little-endian"
              : "is GGUF version " + version + ", expected 2 or 3");
    }
    return version;
  }

  private Map<String, GgufValue> entries(int count) {
    var values = new GgufValues(cursor);
    var entries = new LinkedHashMap<String, GgufValue>();
    for (int i = 0; i < count; i++) {
      String key = cursor.text();
      if (entries.put(key, values.value()) != null) {
        throw cursor.bad("metadata " + ModelSummary.shorten(key) + " is there twice");
      }
    }
    return entries;
  }

  private void refuseSplit(GgufMetadata metadata) {
    int parts = metadata.whole("split.count", 0, 1);
    if (parts > 1) {
      throw UserException.in(
          file.path(),
          "is one of %d parts of a model; merge them first (llama-gguf-split --merge)"
              .formatted(parts));
    }
  }

  private long alignment(GgufMetadata metadata) {
    String key = "general.alignment";
    int alignment = metadata.whole(key, 1, DEFAULT_ALIGNMENT);
    if (Integer.bitCount(alignment) != 1) {
      throw metadata.wrong(key, "a power of two");
    }
    return alignment;
  }

  /** A tensor's description, its offset counted from the start of the data. */
  private record Described(String name, TensorType type, List<Long> dimensions, long offset) {}

  private List<Described> described(int count) {
    var tensors = new ArrayList<Described>();
    for (int i = 0; i < count; i++) {
      String name = cursor.text();
      List<Long> dimensions = dimensions(name);
      TensorType type = type(name);
      if (dimensions.get(0) % type.weightsPerBlock() != 0) {
        throw bad(
            name,
            "has rows of %d weights, expected a multiple of %s's %d"
                .formatted(dimensions.get(0), type, type.weightsPerBlock()));
      }
      tensors.add(new Described(name, type, dimensions, cursor.int64()));
    }
    return tensors;
  }

  private List<Long> dimensions(String name) {
    long count = cursor.uint32();
    if (count < 1 || count > MOST_DIMENSIONS) {
      throw bad(name, "has " + count + " dimensions, expected 1 to " + MOST_DIMENSIONS);
    }
    var dimensions = new ArrayList<Long>();
    long weights = 1;
    for (int i = 0; i < count; i++) {
      long dimension = cursor.int64();
      // No type takes less than a bit per weight, so more weights than bits cannot be there.
      if (dimension < 1 || dimension > 8 * file.size() / weights) {
        throw bad(name, "has a dimension of " + dimension + ", more than the file holds");
      }
      weights *= dimension;
      dimensions.add(dimension);
    }
    return List.copyOf(dimensions);
  }

  private TensorType type(String name) {
    long id = cursor.uint32();
    return TensorType.ofGgufId(id)
        .orElseThrow(
            () ->
                bad(
                    name,
                    "has type %s, which is not supported; supported: %s"
                        .formatted(UnsupportedTypes.name(id), TensorType.supported())));
  }

  private Map<String, GgufTensor> placed(List<Described> described, long alignment) {
    long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
    var tensors = new LinkedHashMap<String, GgufTensor>();
    for (Described one : described) {
      var tensor =
          new GgufTensor(one.name(), one.type(), one.dimensions(), dataStart + one.offset());
      if (one.offset() < 0
          || one.offset() % alignment != 0
          || one.offset() > file.size() - dataStart - tensor.storedBytes()) {
        throw bad(
            one.name(),
            "takes %d bytes at offset %d, which is unaligned or beyond the end: the file is cut short or damaged"
                .formatted(tensor.storedBytes(), one.offset()));
      }
      if (tensors.put(one.name(), tensor) != null) {
        throw bad(one.name(), "is there twice");
      }
    }
    return tensors;
  }

  private UserException bad(String tensor, String what) {
    return UserException.in(file.path(), "tensor " + ModelSummary.shorten(tensor) + " " + what);
  }
}
