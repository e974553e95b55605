package io.dipper.trace;

import io.dipper.error.UserException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Checks the values of a record batch: the checksum that the recorder left, token ids within the
 * vocabulary, every activation and loss finite.
 */
final class BatchCheck {
  private static final long EXPONENTS = 0x7C00_7C00_7C00_7C00L;
  private static final long ONE_MORE = 0x0400_0400_0400_0400L;
  private static final int CHUNK = 1024;
  private static final long SIGNS = 0x8000_8000_8000_8000L;

  private BatchCheck() {}

  /**
   * @param crc32c of the batch's bytes, where the recorder left it
   * @return what is wrong, if anything is
   */
  static Optional<UserException> check(
      TraceBatch batch, TraceLayout layout, Optional<Integer> crc32c) {
    if (crc32c.isPresent() && crc32c(batch.bytes()) != crc32c.get()) {
      return Optional.of(
          batch.error("is damaged: its CRC-32C is not the one that the recorder wrote"));
    }
    return tokens(batch, layout.shape().getVocabularySize()).or(() -> activations(batch, layout));
  }

  static int crc32c(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static Optional<UserException> tokens(TraceBatch batch, int vocabulary) {
    for (int row = 0; row < batch.rows(); row++) {
      int token = batch.token(row);
      if (token < 0 || (vocabulary > 0 && token >= vocabulary)) {
        return Optional.of(
            batch.error("token", row, token + " is not in the vocabulary of " + vocabulary));
      }
      if (batch.hasNll(row) && !Float.isFinite(batch.nll(row))) {
        return Optional.of(batch.error("nll", row, batch.nll(row) + " is not finite"));
      }
    }
    return Optional.empty();
  }

  private static Optional<UserException> activations(TraceBatch batch, TraceLayout layout) {
    ByteBuffer bytes = batch.bytes();
    for (int column = 0; column < layout.siteColumns(); column++) {
      int width = layout.width(column);
      int value = firstNotFinite(bytes, batch.siteOffset(column), batch.rows() * width);
      if (value >= 0) {
        return Optional.of(
            batch.error(layout.name(column), value / width, "a value is not finite"));
      }
    }
    return Optional.empty();
  }

  /**
   * The first NaN or infinity among fp16 values, or -1. Four values at a time: adding one to an
   * exponent of all ones, and to no other, carries into the sign bit's place. Copied to an array in
   * chunks, as loops over arrays compile to vector instructions.
   */
  static int firstNotFinite(ByteBuffer bytes, int offset, int values) {
    LongBuffer fours = bytes.slice(offset, Short.BYTES * (values & ~3)).asLongBuffer();
    long[] chunk = new long[CHUNK];
    while (fours.hasRemaining()) {
      int first = 4 * fours.position();
      int n = Math.min(CHUNK, fours.remaining());
      fours.get(chunk, 0, n);
      if (anyNotFinite(chunk, n)) {
        return firstNotFiniteFrom(bytes, offset, first, values);
      }
    }
    return firstNotFiniteFrom(bytes, offset, values & ~3, values);
  }

  private static boolean anyNotFinite(long[] fours, int n) {
    long carries = 0;
    for (int i = 0; i < n; i++) {
      carries |= (fours[i] & EXPONENTS) + ONE_MORE;
    }
    return (carries & SIGNS) != 0;
  }

  private static int firstNotFiniteFrom(ByteBuffer bytes, int offset, int from, int values) {
    for (int i = from; i < values; i++) {
      if ((bytes.getShort(offset + Short.BYTES * i) & 0x7C00) == 0x7C00) {
        return i;
      }
    }
    return -1;
  }
}
