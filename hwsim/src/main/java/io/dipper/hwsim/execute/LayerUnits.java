package io.dipper.hwsim.execute;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The units of one layer and group: which of them are in memory and where, and which reads fetch
 * others.
 */
final class LayerUnits {
  private final GroupStore store;
  private final UnitMemory memory;
  private final WeightMap map;
  private final long start;
  private final int[] unitAt;
  private final int gapUnits;
  private final int[] slots;
  private final UnitSet held;
  private final UnitSet fetching;

  /**
   * @param start where the units begin in the file
   * @param places of the units there; null where each is at its own index
   * @param gapUnits the longest gap between two units that is read over
   */
  LayerUnits(
      GroupStore store,
      UnitMemory memory,
      WeightMap map,
      long start,
      int @Nullable [] places,
      int gapUnits) {
    this.store = store;
    this.memory = memory;
    this.map = map;
    this.start = start;
    this.gapUnits = gapUnits;
    this.slots = new int[store.units()];
    this.unitAt = new int[store.units()];
    for (int unit = 0; unit < unitAt.length; unit++) {
      unitAt[places == null ? unit : places[unit]] = unit;
    }
    this.held = new UnitSet(store.units());
    this.fetching = new UnitSet(store.units());
  }

  /** The units in memory. */
  UnitSet held() {
    return held;
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
    List<Stretch> runs = new ArrayList<>();
    int places = unitAt.length;
    int place = 0;
    while (place < places) {
      if (!fetching.contains(unitAt[place])) {
        place++;
        continue;
      }
      int end = place + 1;
      for (int next = end; next < places && next - end <= gapUnits; next++) {
        if (fetching.contains(unitAt[next])) {
          end = next + 1;
        }
      }
      add(runs, place, end);
      place = end;
    }
    return runs;
  }

  private void add(List<Stretch> runs, int place, int end) {
    for (int s = 0; s < store.stretches(); s++) {
      long from = start + s * store.stretchBytes();
      runs.add(
          stretch(from + (long) place * store.partBytes(), from + (long) end * store.partBytes()));
    }
  }

  /** The stretch that holds all units. */
  Stretch all() {
    return stretch(start, start + store.bytes());
  }

  private Stretch stretch(long from, long to) {
    return new Stretch(map.pageStart(from), map.pageEnd(to));
  }

  /** Takes what a read brought: of the units being fetched what lies in it. */
  void scatter(long offset, ByteBuffer read) {
    long end = offset + read.limit();
    for (int s = 0; s < store.stretches(); s++) {
      long from = start + s * store.stretchBytes();
      int first = (int) Math.max(0, (offset - from) / store.partBytes());
      int last = (int) Math.min(unitAt.length - 1L, (end - 1 - from) / store.partBytes());
      for (int place = first; place <= last && end > from; place++) {
        int unit = unitAt[place];
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
