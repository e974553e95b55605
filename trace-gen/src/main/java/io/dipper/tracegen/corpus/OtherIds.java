package io.dipper.tracegen.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Recognises token ids that are not little-endian int32, by their bytes, and says how to convert
 * them. Ids of another width would pass as twice or half as many tokens, all wrong.
 */
final class OtherIds {
  private static final String CONVERT = "; convert with NumPy: %s.astype('<i4').tofile('ids.bin')";
  private static final String NPY = "\u0093NUMPY";
  private static final String ZIP = "PK\u0003\u0004";

  private OtherIds() {}

  /**
   * What a file seems to hold instead, and how to convert it.
   *
   * @param vocabulary that ids of any kind would be below
   */
  static Optional<String> in(byte[] bytes, int vocabulary) {
    String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
    if (start.startsWith(NPY)) {
      return found("is a NumPy array with its header", "np.load('ids.npy')");
    }
    if (start.startsWith(ZIP)) {
      return found("is an archive (.npz, .pt)", "np.load('ids.npz')['ids']");
    }
    if (bytes.length >= 2 && start.matches("[\\[\\d][\\d\\s,\\[\\]]*")) {
      return found("holds ids as text", "np.array(TEXT)");
    }
    if (isInt64(bytes)) {
      return found("holds int64 ids", "np.fromfile('ids', '<i8')");
    }
    if (fit(bytes, Integer.BYTES, ByteOrder.LITTLE_ENDIAN, vocabulary)) {
      return Optional.empty();
    }
    if (fit(bytes, Short.BYTES, ByteOrder.LITTLE_ENDIAN, vocabulary)) {
      return found("holds uint16 ids", "np.fromfile('ids', '<u2')");
    }
    if (fit(bytes, Integer.BYTES, ByteOrder.BIG_ENDIAN, vocabulary)) {
      return found("holds big-endian ids", "np.fromfile('ids', '>i4')");
    }
    return Optional.empty();
  }

  private static Optional<String> found(String what, String array) {
    return Optional.of(what + ", expected little-endian int32" + CONVERT.formatted(array));
  }

  /** Every second word is zero, and not every one: the upper halves of numbers below 2^32. */
  private static boolean isInt64(byte[] bytes) {
    if (bytes.length < 2 * Long.BYTES || bytes.length % Long.BYTES != 0) {
      return false;
    }
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean anyLow = false;
    for (int i = 0; i < bytes.length; i += Long.BYTES) {
      if (words.getInt(i + Integer.BYTES) != 0) {
        return false;
      }
      anyLow |= words.getInt(i) != 0;
    }
    return anyLow;
  }

  /** Whether all numbers of so many bytes are ids of the vocabulary. */
  private static boolean fit(byte[] bytes, int width, ByteOrder order, int vocabulary) {
    if (bytes.length == 0 || bytes.length % width != 0) {
      return false;
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(order);
    return IntStream.range(0, bytes.length / width)
        .map(i -> width == Short.BYTES ? numbers.getShort(2 * i) & 0xffff : numbers.getInt(4 * i))
        .allMatch(id -> id >= 0 && id < vocabulary);
  }
}
