package io.dipper.tracegen.format.gguf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The numbers, texts and metadata of a little-endian GGUF file, written one after another. */
final class GgufOutput {
  private final OutputStream out;
  private long position;

  GgufOutput(OutputStream out) {
    this.out = out;
  }

  GgufOutput int32(int value) throws IOException {
    return bytes(little(4).putInt(value).array());
  }

  GgufOutput int64(long value) throws IOException {
    return bytes(little(8).putLong(value).array());
  }

  GgufOutput text(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return int64(utf8.length).bytes(utf8);
  }

  GgufOutput bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
    return this;
  }

  /** Zeros up to a multiple of the alignment. */
  GgufOutput padded(int alignment) throws IOException {
    return bytes(new byte[(int) (Math.floorMod(-position, (long) alignment))]);
  }

  /** Metadata entries, each with its type. */
  void entries(Map<String, GgufValue> entries) throws IOException {
    for (Map.Entry<String, GgufValue> entry : entries.entrySet()) {
      text(entry.getKey()).int32(entry.getValue().type().ordinal()).value(entry.getValue());
    }
  }

  private void value(GgufValue value) throws IOException {
    if (value instanceof GgufValue.Whole whole) {
      whole(whole.type(), whole.value());
    } else if (value instanceof GgufValue.Fraction fraction) {
      fraction(fraction.type(), fraction.value());
    } else if (value instanceof GgufValue.Flag flag) {
      whole(GgufType.BOOL, flag.value() ? 1 : 0);
    } else if (value instanceof GgufValue.Text text) {
      text(text.value());
    } else if (value instanceof GgufValue.Wholes wholes) {
      array(wholes.elementType(), wholes.values().length);
      for (long each : wholes.values()) {
        whole(wholes.elementType(), each);
      }
    } else if (value instanceof GgufValue.Fractions fractions) {
      array(fractions.elementType(), fractions.values().length);
      for (double each : fractions.values()) {
        fraction(fractions.elementType(), each);
      }
    } else if (value instanceof GgufValue.Texts texts) {
      array(GgufType.STRING, texts.values().size());
      for (String each : texts.values()) {
        text(each);
      }
    } else if (value instanceof GgufValue.Nested nested) {
      array(GgufType.ARRAY, nested.values().size());
      for (GgufValue each : nested.values()) {
        value(each);
      }
    }
  }

  private void array(GgufType element, int length) throws IOException {
    int32(element.ordinal()).int64(length);
  }

  private void whole(GgufType type, long value) throws IOException {
    byte[] all = little(8).putLong(value).array();
    bytes(Arrays.copyOf(all, type.leastBytes()));
  }

  private void fraction(GgufType type, double value) throws IOException {
    if (type == GgufType.FLOAT32) {
      int32(Float.floatToIntBits((float) value));
    } else {
      int64(Double.doubleToLongBits(value));
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
