package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.file.UnitRuns;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The units of one layer and group: which of them are in memory and where, and which reads fetch
 * others.
 */
final class LayerUnits {
  private final GroupStore store;
  private final UnitMemory memory;
  private final UnitRuns runs;
  private final int[] slots;
  private final UnitSet held;
  private final UnitSet fetching;

  /**
   * @param runs where the units lie in the file
   */
  LayerUnits(GroupStore store, UnitMemory memory, UnitRuns runs) {
    this.store = store;
    this.memory = memory;
    this.runs = runs;
    this.slots = new int[store.units()];
    this.held = new UnitSet(store.units());
    this.fetching = new UnitSet(store.units());
  }

  /** The units in memory. */
  UnitSet held() {
    return held;
  }

  /** Where the units lie in the file. */
  UnitRuns places() {
    return runs;
  }

  /** Brings a unit into memory from an image of all units. */
  void admit(int place, byte[] image) {
    int unit = runs.unitAt(place);
    int slot = memory.take();
    for (int s = 0; s < store.stretches(); s++) {
      int to = memory.at(slot) + s * store.partBytes();
      System.arraycopy(image, runs.inImage(s, place), memory.array(slot), to, store.partBytes());
    }
    slots[unit] = slot;
    held.add(unit);
  }

  /** The slot of a unit that is in memory, or being fetched. */
  int slot(int unit) {
    return slots[unit];
  }

  /**
   * Takes slots for units that are wanted and not in memory.
   *
   * @return how many they are
   */
  int want(UnitSet wanted) {
    int missed = 0;
    for (int unit = wanted.next(0); unit >= 0; unit = wanted.next(unit + 1)) {
      if (!held.contains(unit)) {
        slots[unit] = memory.take();
        fetching.add(unit);
        missed++;
      }
    }
    return missed;
  }

  /** The stretches of the file that hold the runs of the units being fetched, whole pages. */
  List<Stretch> runs() {
    return runs.of(fetching);
  }

  /** The stretch that holds all units. */
  Stretch all() {
    return runs.all();
  }

  /** Takes what a read brought: of the units being fetched what lies in it. */
  void scatter(long offset, ByteBuffer read) {
    long end = offset + read.limit();
    for (int s = 0; s < store.stretches(); s++) {
      long from = runs.stretch(s);
      int first = (int) Math.max(0, (offset - from) / store.partBytes());
      int last = (int) Math.min(runs.places() - 1L, (end - 1 - from) / store.partBytes());
      for (int place = first; place <= last && end > from; place++) {
        int unit = runs.unitAt(place);
        if (fetching.contains(unit)) {
          copy(from + (long) place * store.partBytes(), s, slots[unit], offset, read);
        }
      }
    }
  }

  private void copy(long part, int stretch, int slot, long offset, ByteBuffer read) {
    long from = Math.max(part, offset);
    long to = Math.min(part + store.partBytes(), offset + read.limit());
    if (from < to) {
      int at = memory.at(slot) + stretch * store.partBytes() + (int) (from - part);
      read.get((int) (from - offset), memory.array(slot), at, (int) (to - from));
    }
  }

  /** All that was being fetched is in memory now. */
  void arrived() {
    long[] now = held.words();
    long[] more = fetching.words();
    for (int w = 0; w < now.length; w++) {
      now[w] |= more[w];
    }
    fetching.clear();
  }

  /** Gives up the memory of what a cache does not hold. */
  void keepOnly(UnitSet cached) {
    for (int unit = held.next(0); unit >= 0; unit = held.next(unit + 1)) {
      if (!cached.contains(unit)) {
        memory.give(slots[unit]);
        held.remove(unit);
      }
    }
  }
}
