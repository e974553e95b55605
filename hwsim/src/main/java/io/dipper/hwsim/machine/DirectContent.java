package io.dipper.hwsim.machine;

import java.nio.ByteBuffer;

/** What a {@link DirectFile} holds. */
public interface DirectContent {
  /** Its size, a multiple of {@link DirectFile#CHUNK}. */
  long bytes();

  /** The first eight bytes, by which such a file is known. */
  long mark();

  /** What it is read for, in a word for messages: {@code measurement}. */
  String task();

  /**
   * Fills a chunk.
   *
   * @param at its place in the file
   */
  void fill(long at, ByteBuffer chunk);
}
