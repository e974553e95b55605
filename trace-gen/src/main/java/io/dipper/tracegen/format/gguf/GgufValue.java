package io.dipper.tracegen.format.gguf;

import java.util.Arrays;
import java.util.List;

/** A metadata value of a GGUF file. Whole numbers are widened to long, fractions to double. */
public sealed interface GgufValue {
  /** A whole number of up to 64 bits; u64 keeps its bits. */
  record Whole(GgufType type, long value) implements GgufValue {
    @Override
    public String toString() {
      return type == GgufType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /** A float32 or float64. */
  record Fraction(GgufType type, double value) implements GgufValue {
    @Override
    public String toString() {
      return type == GgufType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    }
  }

  record Flag(boolean value) implements GgufValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }

    @Override
    public GgufType type() {
      return GgufType.BOOL;
    }
  }

  record Text(String value) implements GgufValue {
    @Override
    public String toString() {
      return value;
    }

    @Override
    public GgufType type() {
      return GgufType.STRING;
    }
  }

  /** An array of whole numbers or of booleans (0 and 1). */
  record Wholes(GgufType elementType, long[] values) implements GgufValue {
    @Override
    public String toString() {
      return abridged(Arrays.toString(Arrays.copyOf(values, shown(values.length))), values.length);
    }

    @Override
    public GgufType type() {
      return GgufType.ARRAY;
    }
  }

  /** An array of fractions. */
  record Fractions(GgufType elementType, double[] values) implements GgufValue {
    @Override
    public String toString() {
      return abridged(Arrays.toString(Arrays.copyOf(values, shown(values.length))), values.length);
    }

    @Override
    public GgufType type() {
      return GgufType.ARRAY;
    }
  }

  /** An array of texts. */
  record Texts(List<String> values) implements GgufValue {
    @Override
    public String toString() {
      return abridged(values.subList(0, shown(values.size())).toString(), values.size());
    }

    @Override
    public GgufType type() {
      return GgufType.ARRAY;
    }
  }

  /** An array of arrays. */
  record Nested(List<GgufValue> values) implements GgufValue {
    @Override
    public String toString() {
      return abridged(values.subList(0, shown(values.size())).toString(), values.size());
    }

    @Override
    public GgufType type() {
      return GgufType.ARRAY;
    }
  }

  /** The type as stored; of an array, {@link GgufType#ARRAY}. */
  GgufType type();

  private static int shown(int length) {
    return Math.min(length, 8);
  }

  private static String abridged(String head, int length) {
    return length <= 8 ? head : head.substring(0, head.length() - 1) + ", …]";
  }
}
