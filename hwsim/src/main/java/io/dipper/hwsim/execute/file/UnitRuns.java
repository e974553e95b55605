package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which whole pages of a file hold the units of one layer and group. */
public final class UnitRuns {
  private final GroupStore store;
  private final long start;
  private final int page;
  private final int gapUnits;
  private final int[] unitAt;

  /**
   * @param start where the units begin in the file
   * @param page in bytes
   * @param places of the units there; null where each is at its own index
   * @param gapUnits the longest gap between two units that is read over
   */
  public UnitRuns(GroupStore store, long start, int page, int @Nullable [] places, int gapUnits) {
    this.store = store;
    this.start = start;
    this.page = page;
    this.gapUnits = gapUnits;
    this.unitAt = new int[store.units()];
    for (int unit = 0; unit < unitAt.length; unit++) {
      unitAt[places == null ? unit : places[unit]] = unit;
    }
  }

  /** The unit at a place. */
  public int unitAt(int place) {
    return unitAt[place];
  }

  /** How many places there are. */
  public int places() {
    return unitAt.length;
  }

  /** Where a stretch of the store begins in the file. */
  public long stretch(int index) {
    return start + index * store.stretchBytes();
  }

  /** Where the first page of all units begins: what an image of them begins with. */
  public long imageStart() {
    return start / page * page;
  }

  /** The place of what a unit has of a stretch in an image of all units. */
  public int inImage(int stretch, int place) {
    return (int) (stretch(stretch) + (long) place * store.partBytes() - imageStart());
  }

  /** The pages of each run of some units. */
  public List<Stretch> of(UnitSet units) {
    List<Stretch> runs = new ArrayList<>();
    int place = 0;
    while (place < unitAt.length) {
      if (!units.contains(unitAt[place])) {
        place++;
        continue;
      }
      int end = place + 1;
      for (int next = end; next < unitAt.length && next - end <= gapUnits; next++) {
        if (units.contains(unitAt[next])) {
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
      long from = stretch(s);
      runs.add(
          Stretch.pages(
              from + (long) place * store.partBytes(),
              from + (long) end * store.partBytes(),
              page));
    }
  }

  /** The pages of all units, as one stretch. */
  public Stretch all() {
    return Stretch.pages(start, start + store.bytes(), page);
  }
}
