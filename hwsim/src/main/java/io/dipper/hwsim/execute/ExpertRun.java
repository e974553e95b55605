package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.read.Batch;
import io.dipper.hwsim.replay.expert.ExpertPlayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A step on the experts that a router chooses. */
final class ExpertRun extends StepRun {
  private final int layer;
  private final ExpertSlots slots;
  private final ExpertProducts products;
  private final int[] cached;
  private final int[] missed;
  private int hits;
  private int misses;
  private int perFetch;
  private int arrived;
  private int multiplied;

  /**
   * @param layer counted among those that have experts
   */
  ExpertRun(int layer, ExpertSlots slots, ExpertProducts products) {
    this.layer = layer;
    this.slots = slots;
    this.products = products;
    this.cached = new int[slots.held().size()];
    this.missed = new int[slots.held().size()];
  }

  /** Its layer, counted among those that have experts. */
  int layer() {
    return layer;
  }

  /** Where its experts are. */
  ExpertSlots slots() {
    return slots;
  }

  /** Its products. */
  ExpertProducts products() {
    return products;
  }

  /** Turns to what the layer has chosen for a token, before its cache changes. */
  void take(ExpertPlayer player) {
    IntPredicate inCache = player.cached(layer);
    hits = 0;
    misses = 0;
    arrived = 0;
    multiplied = 0;
    for (int i = 0; i < player.count(); i++) {
      int expert = player.unit(i);
      boolean hit = inCache.test(expert);
      if (hit != slots.held().contains(expert)) {
        throw new IllegalStateException("expert " + expert + " is not where its cache has it");
      }
      if (hit) {
        cached[hits++] = expert;
      } else {
        missed[misses++] = expert;
      }
    }
  }

  @Override
  boolean chooses() {
    return true;
  }

  @Override
  @Nullable Batch fetch(int row) {
    perFetch = misses;
    Batch all = Batch.ofReads();
    for (int i = 0; i < misses; i++) {
      slots.fetch(missed[i], all);
    }
    return misses == 0 ? null : all;
  }

  @Override
  List<Batch> apart(int row) {
    perFetch = 1;
    List<Batch> each = new ArrayList<>();
    for (int i = 0; i < misses; i++) {
      Batch own = Batch.ofReads();
      slots.fetch(missed[i], own);
      each.add(own);
    }
    return each;
  }

  @Override
  void arrived() {
    arrived = Math.min(misses, arrived + perFetch);
  }

  @Override
  void gather() {
    products.clear();
  }

  @Override
  List<IntConsumer> cached() {
    return hits == 0 ? List.of() : List.of(products.of(slots, cached, 0, hits));
  }

  /** Of those that have come since the last call. */
  @Override
  IntConsumer fetched() {
    int from = multiplied;
    multiplied = arrived;
    return from == arrived ? NOTHING : products.of(slots, missed, from, arrived);
  }

  @Override
  int selected() {
    return hits + misses;
  }

  @Override
  int hits() {
    return hits;
  }
}
