package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.layout.FlashMap;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.time.memory.ModelBytes;
import java.util.List;
import java.util.function.Consumer;

/** Turns logged accesses of a point into rows: each unit with its place on Flash. */
final class AccessRows {
  private final List<UnitGroup> groups;
  private final FetchRules fetch;
  private final FlashMap map;
  private final Consumer<AccessRow> to;

  AccessRows(PlannedPoint point, Consumer<AccessRow> to) {
    this.groups = point.policy().groups();
    this.fetch = point.fetch().ofUnits();
    this.map =
        new FlashMap(
            groups, Layouts.of(point.config().getLayout()), ModelBytes.of(point.config()).bits());
    this.to = to;
  }

  /** Hands on the rows of an access, in the order of units on Flash. */
  void add(AccessLog.Entry entry) {
    int units = groups.get(entry.group()).units();
    int[] unitAt = unitAt(entry, units);
    int maxGap = fetch.gapUnits().get(entry.group());
    int gapFrom = -1;
    for (int place = 0; place < units; place++) {
      int unit = unitAt[place];
      if (isMissed(entry, unit)) {
        for (int gap = gapFrom; gap >= 0 && place - gapFrom <= maxGap && gap < place; gap++) {
          row(entry, unitAt[gap], gap, "gap");
        }
        gapFrom = place + 1;
      }
      kind(entry, unit, place);
    }
  }

  private void kind(AccessLog.Entry entry, int unit, int place) {
    boolean wanted = entry.wanted().contains(unit);
    if (wanted && entry.present().contains(unit)) {
      row(entry, unit, place, "hit");
    } else if (entry.guessed().contains(unit)) {
      row(entry, unit, place, wanted ? "guessed" : "wrong");
    } else if (wanted) {
      row(entry, unit, place, "read");
    }
  }

  /** Whether a unit is read once the mask is known. */
  private static boolean isMissed(AccessLog.Entry entry, int unit) {
    UnitSet present = entry.present();
    return entry.wanted().contains(unit)
        && !present.contains(unit)
        && !entry.guessed().contains(unit);
  }

  private int[] unitAt(AccessLog.Entry entry, int units) {
    int[] places = fetch.places().of(entry.layer(), groups.get(entry.group()));
    int[] unitAt = new int[units];
    for (int unit = 0; unit < units; unit++) {
      unitAt[places == null ? unit : places[unit]] = unit;
    }
    return unitAt;
  }

  private void row(AccessLog.Entry entry, int unit, int place, String kind) {
    for (FlashMap.Part part : map.parts(entry.layer(), entry.group(), place)) {
      to.accept(
          new AccessRow(
              entry.token(),
              entry.layer(),
              entry.group(),
              unit,
              kind,
              new AccessRow.Place(part.offset(), part.bytes(), part.pieces(), part.strideBytes())));
    }
  }
}
