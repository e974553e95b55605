package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.demand.Access;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step on the units that a mask selects. */
final class MaskedRun extends UnitRun {
  private final Machine machine;
  private final ReadChoice choice;
  private final int[] hitUnits;
  private final int[] missedUnits;
  private UnitSet wanted;
  private UnitSet present;
  private int hits;
  private int missed;

  MaskedRun(Machine machine, ReadChoice choice, UnitProducts products, LayerUnits units) {
    super(units, products);
    this.machine = machine;
    this.choice = choice;
    this.hitUnits = new int[units.held().size()];
    this.missedUnits = new int[units.held().size()];
    this.wanted = units.held();
    this.present = units.held();
  }

  /** Turns to a token, as long as its access is valid. */
  void access(Access access) {
    wanted = access.wanted();
    present = access.present();
    hits = wanted.intersectionSize(present);
    missed = wanted.cardinality() - hits;
  }

  @Override
  @Nullable Batch fetch(int row) {
    if (units().want(wanted) == 0) {
      return null;
    }
    List<Stretch> runs = units().runs();
    int whole = choice.wholeReads(row, runs);
    List<Stretch> stretches = whole > 0 ? List.of(units().all()) : runs;
    int requests = whole > 0 ? whole : runs.size();
    Batch batch = whole > 0 ? Batch.ofStream() : Batch.ofReads();
    Stretch.addReads(stretches, requests, machine.map().page(), batch, units()::scatter);
    return batch;
  }

  @Override
  void arrived() {
    units().arrived();
  }

  @Override
  void gather() {
    products().clear();
    int h = 0;
    int m = 0;
    for (int unit = wanted.next(0); unit >= 0; unit = wanted.next(unit + 1)) {
      if (present.contains(unit)) {
        hitUnits[h++] = unit;
      } else {
        missedUnits[m++] = unit;
      }
    }
  }

  @Override
  List<IntConsumer> cached() {
    products().begin(hits);
    return hits == 0
        ? List.of()
        : List.of(member -> products().multiply(units(), hitUnits, hits, member));
  }

  @Override
  IntConsumer fetched() {
    products().begin(missed);
    return missed == 0
        ? NOTHING
        : member -> products().multiply(units(), missedUnits, missed, member);
  }

  @Override
  void done() {
    products().join();
  }

  @Override
  void keep(UnitSet cached) {
    units().keepOnly(cached);
  }

  @Override
  int selected() {
    return hits + missed;
  }

  @Override
  int hits() {
    return hits;
  }
}
