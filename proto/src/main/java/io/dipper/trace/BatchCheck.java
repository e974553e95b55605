package io.dipper.trace;

import io.dipper.error.UserException;
import io.dipper.trace.SiteColumns.Column;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Checks the values of a record batch: the checksum that the recorder left, token ids within the
 * vocabulary, every activation and loss finite.
 */
final class BatchCheck {
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
    int experts = layout.shape().getExperts();
    for (int c = 0; c < layout.siteColumns(); c++) {
      Column column = layout.column(c);
      int n = batch.rows() * column.width();
      Site.Element element = column.site().element();
      int value = FiniteValues.firstNotFinite(element, bytes, batch.siteOffset(c), n);
      if (value >= 0) {
        return Optional.of(
            batch.error(column.name(), value / column.width(), "a value is not finite"));
      }
      if (column.site() == Site.EXPERTS) {
        Optional<UserException> wrong = experts(batch, c, column, experts);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<UserException> experts(
      TraceBatch batch, int index, Column column, int experts) {
    int[] chosen = new int[column.width()];
    for (int row = 0; row < batch.rows(); row++) {
      batch.read(index, column, row, chosen);
      for (int expert : chosen) {
        if (expert < -1 || expert >= experts) {
          return Optional.of(
              batch.error(column.name(), row, expert + " is none of the " + experts + " experts"));
        }
      }
    }
    return Optional.empty();
  }
}
