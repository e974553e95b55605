package io.dipper.tracegen.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files, for tests of the reader. */
public final class GgufWriter {
  private static final int ALIGNMENT = 32;

  private final ByteOrder order;
  private final Bytes metadata;
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private int entries;

  /** A writer of little-endian files, as nearly all are. */
  public GgufWriter() {
    this(ByteOrder.LITTLE_ENDIAN);
  }

  public GgufWriter(ByteOrder order) {
    this.order = order;
    this.metadata = new Bytes(order);
  }

  private record Tensor(String name, long[] dimensions, int type, byte[] bytes) {}

  /** Bytes in one order. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    Bytes(ByteOrder order) {
      this.order = order;
    }

    Bytes int16(int value) {
      out.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
      return this;
    }

    Bytes int32(int value) {
      out.writeBytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
      return this;
    }

    Bytes int64(long value) {
      out.writeBytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
      return this;
    }

    Bytes text(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      int64(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Bytes padded() {
      while (out.size() % ALIGNMENT != 0) {
        out.write(0);
      }
      return this;
    }
  }

  public GgufWriter text(String key, String value) {
    entry(key, 8).text(value);
    return this;
  }

  public GgufWriter uint16(String key, int value) {
    entry(key, 2).int16(value);
    return this;
  }

  public GgufWriter bool(String key, boolean value) {
    entry(key, 7).out.write(value ? 1 : 0);
    return this;
  }

  public GgufWriter bools(String key, boolean... values) {
    entry(key, 9).int32(7).int64(values.length);
    for (boolean value : values) {
      metadata.out.write(value ? 1 : 0);
    }
    return this;
  }

  public GgufWriter float32s(String key, float... values) {
    entry(key, 9).int32(6).int64(values.length);
    for (float value : values) {
      metadata.int32(Float.floatToIntBits(value));
    }
    return this;
  }

  public GgufWriter uint32(String key, int value) {
    entry(key, 4).int32(value);
    return this;
  }

  public GgufWriter float32(String key, float value) {
    entry(key, 6).int32(Float.floatToIntBits(value));
    return this;
  }

  public GgufWriter texts(String key, String... values) {
    entry(key, 9).int32(8).int64(values.length);
    for (String value : values) {
      metadata.text(value);
    }
    return this;
  }

  public GgufWriter int32s(String key, int... values) {
    entry(key, 9).int32(5).int64(values.length);
    for (int value : values) {
      metadata.int32(value);
    }
    return this;
  }

  /** An array of arrays of int32. */
  public GgufWriter nested(String key, int[][] values) {
    entry(key, 9).int32(9).int64(values.length);
    for (int[] inner : values) {
      metadata.int32(5).int64(inner.length);
      for (int value : inner) {
        metadata.int32(value);
      }
    }
    return this;
  }

  /** A value given as its bytes: a type number, and whatever follows. */
  public GgufWriter raw(String key, int type, byte[] value) {
    entry(key, type).out.writeBytes(value);
    return this;
  }

  /**
   * An fp32 tensor.
   *
   * @param dimensions the contiguous one first
   */
  public GgufWriter floats(String name, float[] values, long... dimensions) {
    var bytes = new Bytes(order);
    for (float value : values) {
      bytes.int32(Float.floatToIntBits(value));
    }
    return tensor(name, 0, bytes.out.toByteArray(), dimensions);
  }

  /** A tensor of any type number. */
  public GgufWriter tensor(String name, int type, byte[] bytes, long... dimensions) {
    tensors.add(new Tensor(name, dimensions, type, bytes));
    return this;
  }

  /** Writes a wrong offset of a tensor in place of the right one. */
  public GgufWriter offset(String name, long offset) {
    offsets.put(name, offset);
    return this;
  }

  public GgufWriter int32(String key, int value) {
    entry(key, 5).int32(value);
    return this;
  }

  public int tensorCount() {
    return tensors.size();
  }

  /**
   * One of several files with these tensors, as llama-gguf-split writes them: the metadata in the
   * first, the tensors dealt out in order. What {@code split.} keys say is yet to be added.
   *
   * @param index from 0 on
   */
  public GgufWriter part(int index, int count) {
    var part = new GgufWriter(order);
    if (index == 0) {
      part.metadata.out.writeBytes(metadata.out.toByteArray());
      part.entries = entries;
    }
    int from = index * tensors.size() / count;
    part.tensors.addAll(tensors.subList(from, (index + 1) * tensors.size() / count));
    return part;
  }

  /** The file. */
  public byte[] bytes() {
    var file = new Bytes(order);
    file.out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    file.int32(3).int64(tensors.size()).int64(entries);
    file.out.writeBytes(metadata.out.toByteArray());
    var data = new Bytes(order);
    for (Tensor tensor : tensors) {
      file.text(tensor.name()).int32(tensor.dimensions().length);
      for (long dimension : tensor.dimensions()) {
        file.int64(dimension);
      }
      long offset = data.padded().out.size();
      file.int32(tensor.type()).int64(offsets.getOrDefault(tensor.name(), offset));
      data.out.writeBytes(tensor.bytes());
    }
    file.padded().out.writeBytes(data.padded().out.toByteArray());
    return file.out.toByteArray();
  }

  private Bytes entry(String key, int type) {
    entries++;
    return metadata.text(key).int32(type);
  }
}
