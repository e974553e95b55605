package io.dipper.hwsim.execute.read;

import java.util.ArrayDeque;

/** Arrays that streams of static weights are read into, all of one size. */
public final class StreamBuffers {
  private final int bytes;
  private final ArrayDeque<byte[]> free = new ArrayDeque<>();

  /**
   * @param bytes of each
   */
  public StreamBuffers(int bytes) {
    this.bytes = bytes;
  }

  /** An array that nobody uses. */
  public byte[] take() {
    return free.isEmpty() ? new byte[bytes] : free.pop();
  }

  /** Gives an array back. */
  public void give(byte[] buffer) {
    free.push(buffer);
  }
}
