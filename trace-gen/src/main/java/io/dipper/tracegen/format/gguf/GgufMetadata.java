package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata of a GGUF file: typed access by key, and the errors of files that lack one. */
public final class GgufMetadata {
  private final Path file;
  private final Map<String, GgufValue> values;

  GgufMetadata(Path file, Map<String, GgufValue> values) {
    this.file = file;
    this.values = new LinkedHashMap<>(values);
  }

  /** All entries, in file order. */
  public Map<String, GgufValue> entries() {
    return Collections.unmodifiableMap(values);
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** A text. */
  public String text(String key) {
    if (values.get(key) instanceof GgufValue.Text text) {
      return text.value();
    }
    throw wrong(key, "a string");
  }

  /** A text, or another where there is none. */
  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    GgufValue value = values.get(key);
    if (value instanceof GgufValue.Texts texts) {
      return texts.values();
    }
    throw wrong(key, "an array of strings");
  }

  /** An array of whole numbers. */
  public long[] wholes(String key) {
    if (values.get(key) instanceof GgufValue.Wholes wholes) {
      return wholes.values().clone();
    }
    throw wrong(key, "an array of whole numbers");
  }

  /** An array of fractions. */
  public double[] fractions(String key) {
    if (values.get(key) instanceof GgufValue.Fractions fractions) {
      return fractions.values().clone();
    }
    throw wrong(key, "an array of float32");
  }

  /** A whole number from {@code least} up to the largest int. */
  public int whole(String key, int least) {
    if (values.get(key) instanceof GgufValue.Whole whole
        && whole.value() >= least
        && whole.value() <= Integer.MAX_VALUE) {
      return (int) whole.value();
    }
    throw wrong(key, "a whole number of at least " + least);
  }

  /** A whole number, or another where there is none. */
  public int whole(String key, int least, int absent) {
    return has(key) ? whole(key, least) : absent;
  }

  /**
   * A whole number that is the same in all layers: written once, or once for each of them.
   *
   * @throws UserException if layers differ, or there is another number of them
   */
  public int perLayer(String key, int least, int layers) {
    if (!(values.get(key) instanceof GgufValue.Wholes each)) {
      return whole(key, least);
    }
    long[] entries = each.values();
    if (entries.length != layers) {
      throw wrong(key, "one number, or one for each of " + layers + " layers");
    }
    long first = entries[0];
    if (!Arrays.stream(entries).allMatch(entry -> entry == first)) {
      throw wrong(key, "the same number in all layers: layers that differ are not supported");
    }
    if (first < least || first > Integer.MAX_VALUE) {
      throw wrong(key, "whole numbers of at least " + least);
    }
    return (int) first;
  }

  /** A finite number. */
  public double number(String key) {
    GgufValue value = values.get(key);
    if (value instanceof GgufValue.Fraction fraction && Double.isFinite(fraction.value())) {
      return fraction.value();
    }
    if (value instanceof GgufValue.Whole whole) {
      return whole.value();
    }
    throw wrong(key, "a number");
  }

  /** A finite number, or another where there is none. */
  public double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  /** True or false, or {@code absent} where there is none. */
  public boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    if (values.get(key) instanceof GgufValue.Flag flag) {
      return flag.value();
    }
    throw wrong(key, "a bool");
  }

  /** The error of an entry that is missing or not what it should be. */
  public UserException wrong(String key, String expected) {
    GgufValue value = values.get(key);
    String found = value == null ? "is missing" : "is " + shown(value.toString());
    return UserException.in(file, "metadata " + key + " " + found + ", expected " + expected);
  }

  private static String shown(String value) {
    return value.isBlank() ? "an empty text" : Visible.shortLine(value);
  }
}
