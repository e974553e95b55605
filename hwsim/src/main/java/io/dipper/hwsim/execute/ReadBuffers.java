package io.dipper.hwsim.execute;

import io.dipper.hwsim.machine.DirectFile;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Buffers that a file is read into, of sizes that are powers of two. The one that was used last is
 * used next, whichever thread reads: it is still in a cache of the processor, and reading into one
 * that is not takes longer.
 */
final class ReadBuffers {
  private static final int SMALLEST = 1 << 16;

  private final DirectFile file;
  private final Map<Integer, ArrayDeque<ByteBuffer>> free = new HashMap<>();

  ReadBuffers(DirectFile file) {
    this.file = file;
  }

  /** A buffer for so many bytes, a multiple of the file's alignment. */
  synchronized ByteBuffer take(int bytes) {
    int size = SMALLEST;
    while (size < bytes) {
      size = Math.multiplyExact(2, size);
    }
    ArrayDeque<ByteBuffer> buffers = ofSize(size);
    if (buffers.isEmpty()) {
      buffers.addAll(file.buffers(size));
    }
    return buffers.pop().clear().limit(bytes);
  }

  synchronized void give(ByteBuffer buffer) {
    ofSize(buffer.capacity()).push(buffer);
  }

  private ArrayDeque<ByteBuffer> ofSize(int size) {
    return free.computeIfAbsent(size, s -> new ArrayDeque<>());
  }
}
