package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.ExpertStore;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.demand.ExpertBudget;
import io.dipper.hwsim.replay.layout.ExpertSlices.Slice;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The experts of one layer: which of them are in memory and where, and which reads fetch others. In
 * its slot an expert has its slices one after another, from the first whole block of each on.
 */
final class ExpertSlots {
  private final List<Slice> slices;
  private final UnitMemory memory;
  private final Blocks blocks;
  private final int page;
  private final int[] slots;
  private final UnitSet held;

  /**
   * @param slices where they lie in the file
   * @param page in bytes, what reads are multiples of
   */
  ExpertSlots(ExpertStore store, List<Slice> slices, UnitMemory memory, int page) {
    this.slices = slices;
    this.memory = memory;
    this.blocks = store.blocks();
    this.page = page;
    this.slots = new int[store.experts()];
    this.held = new UnitSet(store.experts());
  }

  /** How many slots the caches of a point may take, and beside them the experts of a step. */
  static int count(ExpertBudget budget, ExpertStore store, int perToken, boolean global) {
    if (budget.cacheBytes() == 0) {
      return perToken;
    }
    long most = 0;
    long least = Long.MAX_VALUE;
    for (long bytes : budget.expertBytes()) {
      long own = budget.cacheBytes() / budget.expertBytes().size() / bytes;
      most += Math.min(store.experts(), Math.max(perToken, own));
      least = Math.min(least, bytes);
    }
    long all = (long) store.experts() * budget.expertBytes().size();
    return (int) (perToken + (global ? Math.min(all, budget.cacheBytes() / least) : most));
  }

  /** The weights' type. */
  Blocks blocks() {
    return blocks;
  }

  /** The experts in memory, those that are being fetched among them. */
  UnitSet held() {
    return held;
  }

  /**
   * Takes a slot for an expert that is not in memory, and adds the reads that fetch it: one for
   * each slice, the whole pages that hold it.
   */
  void fetch(int expert, Batch batch) {
    slots[expert] = memory.take();
    held.add(expert);
    byte[] array = memory.array(slots[expert]);
    int at = memory.at(slots[expert]);
    for (Slice slice : slices) {
      long from = slice.place() + expert * slice.bytes();
      int bytes = Math.toIntExact(slice.bytes());
      int to = at;
      Stretch pages = Stretch.pages(from, from + bytes, page);
      batch.add(
          new Batch.Part(
              pages.start(),
              Math.toIntExact(pages.size()),
              (offset, read) -> copy(read, (int) (from - offset), array, to, bytes)));
      at += bytes;
    }
  }

  private static void copy(ByteBuffer read, int from, byte[] array, int at, int bytes) {
    read.get(from, array, at, bytes);
  }

  /** Gives up the memory of experts that a cache does not hold. */
  void keepOnly(IntPredicate cached) {
    for (int expert = held.next(0); expert >= 0; expert = held.next(expert + 1)) {
      if (!cached.test(expert)) {
        memory.give(slots[expert]);
        held.remove(expert);
      }
    }
  }

  /** How many slices an expert has. */
  int slices() {
    return slices.size();
  }

  /** The array that an expert in memory lies in. */
  byte[] array(int expert) {
    return memory.array(slots[expert]);
  }

  /** Where the first whole block of an expert's slice begins there. */
  int at(int expert, int slice) {
    int at = memory.at(slots[expert]);
    for (int before = 0; before < slice; before++) {
      at += (int) slices.get(before).bytes();
    }
    return at + lead(expert, slice);
  }

  /** The whole blocks of an expert's slice. */
  int blocks(int expert, int slice) {
    return (int) ((slices.get(slice).bytes() - lead(expert, slice)) / blocks.bytes());
  }

  /**
   * The bytes before the first whole block; blocks begin at multiples of their size in the file.
   */
  private int lead(int expert, int slice) {
    Slice of = slices.get(slice);
    return (int) Math.floorMod(-(of.place() + expert * of.bytes()), (long) blocks.bytes());
  }
}
