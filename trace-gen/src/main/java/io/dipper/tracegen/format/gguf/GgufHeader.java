package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
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
    GgufEncoding encoding = encoding();
    int tensorCount = cursor.count(LEAST_TENSOR_BYTES, "tensors");
    int entryCount = cursor.count(LEAST_ENTRY_BYTES, "metadata entries");
    var metadata = new GgufMetadata(file.path(), entries(entryCount));
    List<Described> described = described(tensorCount);
    Map<String, GgufTensor> tensors = placed(described, alignment(metadata));
    return new GgufFile(encoding, metadata, tensors, List.of(file));
  }

  private GgufEncoding encoding() {
    int version = cursor.int32();
    boolean bigEndian = isSupported(Integer.reverseBytes(version));
    if (bigEndian) {
      version = Integer.reverseBytes(version);
      cursor.bigEndian();
    }
    if (!isSupported(version)) {
      throw UserException.in(file.path(), "is GGUF version " + version + ", expected 2 or 3");
    }
    return new GgufEncoding(version, bigEndian);
  }

  private static boolean isSupported(int version) {
    return version == 2 || version == 3;
  }

  private Map<String, GgufValue> entries(int count) {
    var values = new GgufValues(cursor);
    var entries = new LinkedHashMap<String, GgufValue>();
    for (int i = 0; i < count; i++) {
      String key = cursor.text();
      if (entries.put(key, values.value()) != null) {
        throw cursor.bad("metadata " + Visible.shortLine(key) + " is there twice");
      }
    }
    return entries;
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
  private record Described(String name, GgufTensorType type, List<Long> dimensions, long offset) {}

  private List<Described> described(int count) {
    var tensors = new ArrayList<Described>();
    for (int i = 0; i < count; i++) {
      String name = cursor.text();
      List<Long> dimensions = dimensions(name);
      GgufTensorType type = GgufTensorType.of(cursor.uint32());
      if (type.hasKnownSize() && dimensions.get(0) % type.weightsPerBlock() != 0) {
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

  /** The tensors in file order, each beginning where its predecessor ends, but for padding. */
  private Map<String, GgufTensor> placed(List<Described> described, long alignment) {
    long dataStart = padded(cursor.position(), alignment);
    long available = Math.max(0, file.size() - dataStart);
    var tensors = new LinkedHashMap<String, GgufTensor>();
    long expected = 0;
    for (int i = 0; i < described.size(); i++) {
      Described one = described.get(i);
      long end = i + 1 < described.size() ? described.get(i + 1).offset() : available;
      long bytes = one.type().hasKnownSize() ? one.type().bytes(weights(one)) : end - one.offset();
      requireInside(one, bytes, available);
      if (one.offset() != expected) {
        throw bad(
            one.name(),
            "begins at offset %d, expected %d, where the one before it ends: the file is damaged"
                .formatted(one.offset(), expected));
      }
      expected = padded(one.offset() + bytes, alignment);
      var tensor =
          new GgufTensor(
              one.name(), one.type(), one.dimensions(), file, dataStart + one.offset(), bytes);
      if (tensors.put(one.name(), tensor) != null) {
        throw bad(one.name(), "is there twice");
      }
    }
    return tensors;
  }

  private void requireInside(Described one, long bytes, long available) {
    if (bytes < 0 || one.offset() < 0 || one.offset() > available - bytes) {
      throw bad(
          one.name(),
          "takes %d bytes at offset %d, which is beyond the end: the file is cut short or damaged"
              .formatted(bytes, one.offset()));
    }
  }

  private static long weights(Described one) {
    return one.dimensions().stream().reduce(1L, (a, b) -> a * b);
  }

  private static long padded(long position, long alignment) {
    return (position + alignment - 1) / alignment * alignment;
  }

  private UserException bad(String tensor, String what) {
    return UserException.in(file.path(), "tensor " + Visible.shortLine(tensor) + " " + what);
  }
}
