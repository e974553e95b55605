package io.dipper.tracegen.corpus;

import io.dipper.error.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Files of token ids: little-endian int32, nothing else. */
public final class TokenIds {
  private TokenIds() {}

  /**
   * Reads a file of token ids.
   *
   * @param vocabulary ids must be below it
   * @throws UserException if the file cannot be read or holds anything but such ids
   */
  public static int[] read(Path file, int vocabulary) {
    return parse(file, CorpusBytes.read(file).bytes(), vocabulary);
  }

  /**
   * The token ids in bytes that were read.
   *
   * @param file where they are from
   */
  static int[] parse(Path file, byte[] bytes, int vocabulary) {
    OtherIds.in(bytes, vocabulary)
        .ifPresent(
            what -> {
              throw UserException.in(file, what);
            });
    if (bytes.length % Integer.BYTES != 0) {
      throw UserException.in(
          file, bytes.length + " bytes; token ids are little-endian int32, a multiple of 4 bytes");
    }
    int[] ids = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ids);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocabulary) {
        throw UserException.in(
            file,
            "token " + i + " is " + ids[i] + "; the model's ids go from 0 to " + (vocabulary - 1));
      }
    }
    return ids;
  }
}
