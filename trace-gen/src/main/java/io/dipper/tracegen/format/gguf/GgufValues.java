package io.dipper.tracegen.format.gguf;

import java.util.ArrayList;
import java.util.List;

/** Reads metadata values, arrays of arrays included. */
final class GgufValues {
  /** Deeper arrays exist only to exhaust a reader's stack. */
  private static final int DEEPEST_NESTING = 8;

  private final GgufCursor cursor;

  GgufValues(GgufCursor cursor) {
    this.cursor = cursor;
  }

  /** A type, then a value of it. */
  GgufValue value() {
    GgufType type = type();
    return switch (type) {
      case FLOAT32, FLOAT64 -> new GgufValue.Fraction(type, fraction(type));
      case BOOL -> new GgufValue.Flag(whole(type) != 0);
      case STRING -> new GgufValue.Text(cursor.text());
      case ARRAY -> array(1);
      default -> new GgufValue.Whole(type, whole(type));
    };
  }

  private GgufType type() {
    long id = cursor.uint32();
    return GgufType.ofId(id)
        .orElseThrow(() -> cursor.bad("metadata value of type " + id + ", expected 0 to 12"));
  }

  private GgufValue array(int depth) {
    if (depth > DEEPEST_NESTING) {
      throw cursor.bad("arrays nested deeper than " + DEEPEST_NESTING);
    }
    GgufType type = type();
    int count = cursor.count(type.leastBytes(), "array elements");
    return switch (type) {
      case FLOAT32, FLOAT64 -> fractions(type, count);
      case STRING -> texts(count);
      case ARRAY -> nested(count, depth);
      default -> wholes(type, count);
    };
  }

  private GgufValue wholes(GgufType type, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = whole(type);
    }
    return new GgufValue.Wholes(type, values);
  }

  private GgufValue fractions(GgufType type, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = fraction(type);
    }
    return new GgufValue.Fractions(type, values);
  }

  private GgufValue texts(int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(cursor.text());
    }
    return new GgufValue.Texts(List.copyOf(values));
  }

  private GgufValue nested(int count, int depth) {
    List<GgufValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(array(depth + 1));
    }
    return new GgufValue.Nested(List.copyOf(values));
  }

  private long whole(GgufType type) {
    return switch (type) {
      case UINT8 -> cursor.uint8();
      case INT8 -> (byte) cursor.uint8();
      case UINT16 -> cursor.uint16();
      case INT16 -> (short) cursor.uint16();
      case UINT32 -> cursor.uint32();
      case INT32 -> cursor.int32();
      case UINT64, INT64 -> cursor.int64();
      case BOOL -> cursor.uint8() == 0 ? 0 : 1;
      case FLOAT32, FLOAT64, STRING, ARRAY -> throw new IllegalArgumentException(type.name());
    };
  }

  private double fraction(GgufType type) {
    return type == GgufType.FLOAT32
        ? Float.intBitsToFloat(cursor.int32())
        : Double.longBitsToDouble(cursor.int64());
  }
}
