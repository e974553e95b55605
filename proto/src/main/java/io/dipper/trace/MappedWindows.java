package io.dipper.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A file mapped in few large windows, as one buffer ends at 2 GiB. Pieces asked for in ascending
 * order share windows; each piece lies wholly in one.
 */
final class MappedWindows {
  private static final long WINDOW = 1L << 30;

  private final FileChannel channel;
  private final long end;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  /**
   * @param end pieces lie before this byte
   */
  MappedWindows(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
  }

  /**
   * @return the bytes {@code [offset, offset + length)} of the file, little-endian, read-only
   */
  ByteBuffer slice(long offset, int length) throws IOException {
    if (offset < windowStart || offset + length > windowStart + window.capacity()) {
      long size = Math.min(Math.max(WINDOW, length), end - offset);
      window = channel.map(MapMode.READ_ONLY, offset, size);
      windowStart = offset;
    }
    return window.slice((int) (offset - windowStart), length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
