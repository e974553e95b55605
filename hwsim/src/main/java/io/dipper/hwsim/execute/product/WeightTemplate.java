package io.dipper.hwsim.execute.product;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Made-up weights of one type without end: blocks drawn by chance, repeated after so many that no
 * two units of a layer are likely to be equal.
 */
public final class WeightTemplate {
  /** A prime number, so that repetitions fall on other places of units and pages. */
  private static final int BLOCKS = 65_537;

  private final Blocks blocks;
  private final byte[] bytes;

  WeightTemplate(Blocks blocks) {
    this.blocks = blocks;
    this.bytes = new byte[BLOCKS * blocks.bytes()];
    new SplittableRandom(blocks.ordinal()).nextBytes(bytes);
    for (int at = 0; at < bytes.length; at += blocks.bytes()) {
      blocks.tame(bytes, at);
    }
  }

  Blocks blocks() {
    return blocks;
  }

  /** Puts so many bytes from a place on into a buffer. */
  public void copy(long from, int length, ByteBuffer to) {
    int at = (int) (from % bytes.length);
    for (int left = length; left > 0; at = 0) {
      int next = Math.min(left, bytes.length - at);
      to.put(bytes, at, next);
      left -= next;
    }
  }

  /** An array of so many bytes from a place on. */
  byte[] array(long from, int length) {
    byte[] array = new byte[length];
    copy(from, length, ByteBuffer.wrap(array));
    return array;
  }
}
