package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.files.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads a GGUF header from its start, never beyond the file's end. */
final class GgufCursor {
  private static final int BUFFER_BYTES = 1 << 16;

  private final MappedFile file;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  /** Position in the file of the first byte behind the buffer. */
  private long next;

  GgufCursor(MappedFile file) {
    this.file = file;
  }

  /** Reads what follows as a machine with the other byte order wrote it. */
  void bigEndian() {
    buffer.order(ByteOrder.BIG_ENDIAN);
  }

  long position() {
    return next - buffer.remaining();
  }

  long remaining() {
    return file.size() - position();
  }

  int uint8() {
    require(1);
    return buffer.get() & 0xff;
  }

  int uint16() {
    require(2);
    return buffer.getShort() & 0xffff;
  }

  int int32() {
    require(4);
    return buffer.getInt();
  }

  long uint32() {
    return int32() & 0xffffffffL;
  }

  long int64() {
    require(8);
    return buffer.getLong();
  }

  /** A count of things that take at least so many bytes each; more than fit is an error. */
  int count(int leastBytes, String what) {
    long count = int64();
    if (count < 0 || count > remaining() / leastBytes || count > Integer.MAX_VALUE - 8) {
      throw bad("%s %s, more than the file can hold".formatted(Long.toUnsignedString(count), what));
    }
    return (int) count;
  }

  /** A text: its length in bytes, then UTF-8. */
  String text() {
    int length = count(1, "bytes of text");
    if (length <= buffer.remaining()) {
      String text = new String(buffer.array(), buffer.position(), length, StandardCharsets.UTF_8);
      buffer.position(buffer.position() + length);
      return text;
    }
    byte[] bytes = new byte[length];
    file.read(position(), bytes, 0, length);
    next = position() + length;
    buffer.limit(0);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  UserException bad(String what) {
    return UserException.in(file.path(), "at byte %d: %s".formatted(position(), what));
  }

  private void require(int bytes) {
    if (buffer.remaining() >= bytes) {
      return;
    }
    if (remaining() < bytes) {
      throw UserException.in(
          file.path(), "is cut short: its header does not end before byte " + file.size());
    }
    next = position();
    int length = (int) Math.min(BUFFER_BYTES, file.size() - next);
    buffer.clear().limit(length);
    file.read(next, buffer.array(), 0, length);
    next += length;
  }
}
