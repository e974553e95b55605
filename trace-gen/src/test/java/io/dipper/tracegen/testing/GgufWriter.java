package io.dipper.tracegen.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes GGUF files, for tests of the reader. */
public final class GgufWriter {
  private static final int ALIGNMENT = 32;

  private final Bytes metadata = new Bytes();
  private final List<Tensor> tensors = new ArrayList<>();
  private int entries;

  private record Tensor(String name, long[] dimensions, int type, byte[] bytes) {}

  /** Little-endian bytes. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes int32(int value) {
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
      return this;
    }

    Bytes int64(long value) {
      out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
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
    var bytes = new Bytes();
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

  /** The file. */
  public byte[] bytes() {
    var file = new Bytes().int32(0x46554747).int32(3).int64(tensors.size()).int64(entries);
    file.out.writeBytes(metadata.out.toByteArray());
    var data = new Bytes();
    for (Tensor tensor : tensors) {
      file.text(tensor.name()).int32(tensor.dimensions().length);
      for (long dimension : tensor.dimensions()) {
        file.int64(dimension);
      }
      file.int32(tensor.type()).int64(data.padded().out.size());
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
