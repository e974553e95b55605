package io.dipper.hwsim.execute;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The memory that units of one group lie in, those of all layers: slots of one unit each, in large
 * arrays. A cache's hits and what was fetched for a step lie side by side in it, so that a unit
 * stays where it was read to. Used by one thread; lanes only write into slots that were taken.
 */
final class UnitMemory {
  private static final int ARRAY_BYTES = 1 << 24;

  private final int unitBytes;
  private final int perArray;
  private final List<byte[]> arrays = new ArrayList<>();
  private final BitSet free = new BitSet();
  private int firstFree;

  /**
   * @param slots how many are made at once; more are made when they are needed
   */
  UnitMemory(int unitBytes, int slots) {
    this.unitBytes = unitBytes;
    this.perArray = Math.max(1, ARRAY_BYTES / unitBytes);
    while (arrays.size() * perArray < slots) {
      grow();
    }
  }

  private void grow() {
    int first = arrays.size() * perArray;
    arrays.add(new byte[Math.multiplyExact(perArray, unitBytes)]);
    free.set(first, first + perArray);
  }

  /** The first slot that nobody has, so that units which are taken in order lie in order. */
  int take() {
    if (free.isEmpty()) {
      grow();
    }
    int slot = free.nextSetBit(firstFree);
    free.clear(slot);
    firstFree = slot + 1;
    return slot;
  }

  void give(int slot) {
    free.set(slot);
    firstFree = Math.min(firstFree, slot);
  }

  /** The array that a slot lies in. */
  byte[] array(int slot) {
    return arrays.get(slot / perArray);
  }

  /** The place of its first byte there. */
  int at(int slot) {
    return slot % perArray * unitBytes;
  }
}
