package io.dipper.hwsim.execute;

import java.util.ArrayDeque;

/** Arrays that streams of static weights are read into, all of one size. */
final class StreamBuffers {
  private final int bytes;
  private final ArrayDeque<byte[]> free = new ArrayDeque<>();

  StreamBuffers(int bytes) {
    this.bytes = bytes;
  }

  byte[] take() {
    return free.isEmpty() ? new byte[bytes] : free.pop();
  }

  void give(byte[] buffer) {
    free.push(buffer);
  }
}
