package io.dipper.hwsim.execute;

import io.dipper.hwsim.replay.demand.Access;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.time.engine.StepReads;
import io.dipper.hwsim.time.schedule.Step;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step on the units that a mask selects. */
final class MaskedRun extends StepRun {
  private final int step;
  private final Machine machine;
  private final StepReads reads;
  private final LayerUnits units;
  private final UnitProducts products;
  private final UnitSet all;
  private final boolean full;
  private final int[] hitUnits;
  private final int[] missedUnits;
  private UnitSet wanted;
  private UnitSet present;
  private int hits;
  private int missed;

  MaskedRun(
      int step,
      Step plan,
      Machine machine,
      StepReads reads,
      LayerUnits units,
      UnitProducts products) {
    this.step = step;
    this.machine = machine;
    this.reads = reads;
    this.units = units;
    this.products = products;
    this.all = new UnitSet(units.held().size());
    this.all.fill();
    this.full = plan.isKnownAhead();
    this.hitUnits = new int[all.size()];
    this.missedUnits = new int[all.size()];
    this.wanted = all;
    this.present = units.held();
  }

  /** Turns to a token, as long as its access is valid. */
  void access(Access access) {
    wanted = access.wanted();
    present = access.present();
    hits = wanted.intersectionSize(present);
    missed = wanted.cardinality() - hits;
  }

  /** Where its units are. */
  LayerUnits units() {
    return units;
  }

  /** Its products. */
  UnitProducts products() {
    return products;
  }

  @Override
  @Nullable Batch fetch(int row) {
    boolean any = units.want(full ? all : wanted) > 0;
    if (!reads.load(row, step) || !any) {
      return null;
    }
    boolean whole = !full && reads.isWhole();
    List<Stretch> stretches = whole ? List.of(units.all()) : units.runs();
    int requests = full || whole ? (int) reads.requests() : stretches.size();
    Batch batch = new Batch();
    Stretch.addReads(stretches, requests, machine.map().page(), batch, units::scatter);
    return batch;
  }

  @Override
  void arrived() {
    units.arrived();
  }

  @Override
  void gather() {
    products.clear();
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
  IntConsumer cached() {
    return hits == 0 ? NOTHING : member -> products.multiply(units, hitUnits, hits, member);
  }

  @Override
  IntConsumer fetched() {
    return missed == 0 ? NOTHING : member -> products.multiply(units, missedUnits, missed, member);
  }

  @Override
  void done() {
    products.join();
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
