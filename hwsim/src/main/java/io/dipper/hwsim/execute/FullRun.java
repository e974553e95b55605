package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.UnitRuns;
import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.StreamBuffers;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.time.engine.StepReads;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A step on all units of a group, as every token of a dense policy has it: nothing is chosen or
 * gathered, and what is not in memory is read as it lies on the disk and multiplied from there.
 */
final class FullRun extends UnitRun {
  private final int step;
  private final Machine machine;
  private final StepReads reads;
  private final UnitRuns places;
  private final UnitSet lacking;
  private final int[] inMemory;
  private final int[] onDisk;
  private final StreamBuffers buffers;
  private List<Stretch> stretches = List.of();
  private byte[] image = {};
  private int lacked;

  FullRun(int step, Machine machine, StepReads reads, UnitProducts products, LayerUnits units) {
    super(units, products);
    this.step = step;
    this.machine = machine;
    this.reads = reads;
    this.places = units.places();
    this.buffers = machine.images();
    this.lacking = new UnitSet(places.places());
    this.inMemory = new int[places.places()];
    this.onDisk = new int[places.places()];
    settle();
  }

  /** Lists what is in memory and what is not, each in the order of the disk. */
  private void settle() {
    lacking.fill();
    lacked = 0;
    int kept = 0;
    for (int place = 0; place < places.places(); place++) {
      int unit = places.unitAt(place);
      if (units().held().contains(unit)) {
        lacking.remove(unit);
        inMemory[kept++] = unit;
      } else {
        onDisk[lacked++] = place;
      }
    }
    stretches = places.of(lacking);
  }

  @Override
  void filled() {
    settle();
  }

  @Override
  @Nullable Batch fetch(int row) {
    if (!reads.load(row, step) || lacked == 0) {
      return null;
    }
    image = buffers.take();
    byte[] to = image;
    Batch batch = Batch.ofStream();
    Stretch.addReads(
        stretches,
        (int) reads.requests(),
        machine.map().page(),
        batch,
        (offset, read) -> copy(offset, read, to));
    return batch;
  }

  private void copy(long offset, ByteBuffer read, byte[] to) {
    read.get(to, (int) (offset - places.imageStart()), read.remaining());
  }

  @Override
  void gather() {
    products().clear();
  }

  @Override
  List<IntConsumer> cached() {
    int count = places.places() - lacked;
    products().begin(count);
    return count == 0
        ? List.of()
        : List.of(member -> products().multiply(units(), inMemory, count, member));
  }

  @Override
  IntConsumer fetched() {
    products().begin(lacked);
    return lacked == 0
        ? NOTHING
        : member -> products().multiply(places, image, onDisk, lacked, member);
  }

  @Override
  void done() {
    products().join();
  }

  /** Keeps what a cache holds from now on, and gives up the rest. */
  @Override
  void keep(UnitSet cached) {
    if (!Arrays.equals(units().held().words(), cached.words())) {
      units().keepOnly(cached);
      for (int i = 0; i < lacked; i++) {
        if (cached.contains(places.unitAt(onDisk[i]))) {
          units().admit(onDisk[i], image);
        }
      }
      settle();
    }
    if (image.length > 0) {
      buffers.give(image);
      image = new byte[0];
    }
  }

  @Override
  int selected() {
    return places.places();
  }

  @Override
  int hits() {
    return places.places() - lacked;
  }
}
