package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * Doubly linked lists of units in arrays; a unit is in one of them or in none. Heads are where
 * units enter, tails where they leave. Nothing is allocated after construction.
 *
 * <p>A token's selected units must not leave: {@link #candidate} passes over them, and remembers
 * how far it has come until {@link #begin}, so that a token's victims are found in one pass.
 */
public final class UnitLists {
  /** Stands for no unit and for no list. */
  public static final int NONE = -1;

  private final int units;
  private final int[] towardsTail;
  private final int[] towardsHead;
  private final byte[] listOf;
  private final int[] sizes;
  private final int[] passed;

  /**
   * Empty lists.
   *
   * @param units the number N of units
   * @param lists how many there are, numbered from 0; at most 127
   */
  public UnitLists(int units, int lists) {
    this.units = units;
    this.towardsTail = new int[units + lists];
    this.towardsHead = new int[units + lists];
    this.listOf = new byte[units];
    this.sizes = new int[lists];
    this.passed = new int[lists];
    clear();
  }

  /** Empties every list. */
  public void clear() {
    Arrays.fill(listOf, (byte) NONE);
    Arrays.fill(sizes, 0);
    for (int list = 0; list < sizes.length; list++) {
      towardsTail[units + list] = units + list;
      towardsHead[units + list] = units + list;
    }
    begin();
  }

  /** A new token begins, with other selected units. */
  public void begin() {
    for (int list = 0; list < passed.length; list++) {
      passed[list] = units + list;
    }
  }

  /** The list that a unit is in, or {@link #NONE}. */
  public int listOf(int unit) {
    return listOf[unit];
  }

  /** The number of units in a list. */
  public int size(int list) {
    return sizes[list];
  }

  /** The unit at the tail, or {@link #NONE}. */
  public int tail(int list) {
    return unit(towardsHead[units + list]);
  }

  /** The neighbour of a unit on the side of the head, or {@link #NONE}. */
  public int towardsHead(int unit) {
    return unit(towardsHead[unit]);
  }

  private int unit(int node) {
    return node < units ? node : NONE;
  }

  /** Moves a unit to the head of a list, from wherever it is. */
  public void toHead(int list, int unit) {
    remove(unit);
    int head = units + list;
    int first = towardsTail[head];
    towardsTail[unit] = first;
    towardsHead[unit] = head;
    towardsHead[first] = unit;
    towardsTail[head] = unit;
    listOf[unit] = (byte) list;
    sizes[list]++;
  }

  /** Takes a unit out of its list; nothing happens where it is in none. */
  public void remove(int unit) {
    int list = listOf[unit];
    if (list == NONE) {
      return;
    }
    if (passed[list] == unit) {
      passed[list] = towardsTail[unit];
    }
    towardsTail[towardsHead[unit]] = towardsTail[unit];
    towardsHead[towardsTail[unit]] = towardsHead[unit];
    listOf[unit] = (byte) NONE;
    sizes[list]--;
  }

  /** The unit nearest to the tail that is not selected, or {@link #NONE}. */
  public int candidate(int list, UnitSet selected) {
    int node = towardsHead[passed[list]];
    while (node < units && selected.contains(node)) {
      passed[list] = node;
      node = towardsHead[node];
    }
    return unit(node);
  }
}
