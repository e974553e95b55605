package io.dipper.hwsim.replay.cache;

import static io.dipper.hwsim.replay.cache.UnitLists.NONE;

import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;

/**
 * ARC: an LRU list T1 of units that were accessed once, another, T2, of those that were accessed
 * more often, and of each a list, B1 and B2, of the names that it parted with last. An access to a
 * remembered name of one list makes that list's share of the cache larger.
 *
 * <p>Batch rule: that of {@link QueuedCache}; where the list that should part with a unit holds
 * none but units of the present token, the other one does.
 */
final class AdaptiveReplacement extends QueuedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "arc",
              "ARC: LRU of units selected once and of others, their shares learnt from regrets",
              "Megiddo and Modha, FAST 2003")
          .by(AdaptiveReplacement::new);

  private static final int T1 = 0;
  private static final int T2 = 1;
  private static final int B1 = 2;
  private static final int B2 = 3;

  private final int capacity;
  private final UnitLists lists;
  private double target;
  private int rememberedIn;

  private AdaptiveReplacement(Choice parameters, CacheContext context) {
    super(parameters, context);
    this.capacity = context.capacity();
    this.lists = new UnitLists(context.units(), 4);
  }

  @Override
  protected void forget() {
    lists.clear();
    target = 0;
  }

  @Override
  protected void begin() {
    lists.begin();
  }

  @Override
  protected void hit(int unit) {
    lists.toHead(T2, unit);
  }

  @Override
  protected void miss(int unit) {
    rememberedIn = lists.listOf(unit);
    double once = lists.size(B1);
    double often = lists.size(B2);
    if (rememberedIn == B1) {
      target = Math.min(target + Math.max(often / once, 1), capacity);
    } else if (rememberedIn == B2) {
      target = Math.max(target - Math.max(once / often, 1), 0);
    }
    lists.remove(unit);
  }

  @Override
  protected int victim() {
    int once = lists.candidate(T1, selected());
    int often = lists.candidate(T2, selected());
    if (once == NONE || often == NONE) {
      return once == NONE ? often : once;
    }
    int size = lists.size(T1);
    boolean fromOnce =
        size > target || (size == target && rememberedIn == B2) || isFullOfNewUnits();
    return fromOnce ? once : often;
  }

  /** Whether T1 has the whole cache to itself, and the unit to come is new too. */
  private boolean isFullOfNewUnits() {
    return rememberedIn == NONE && lists.size(T1) >= capacity;
  }

  @Override
  protected void evict(int unit) {
    if (rememberedIn == NONE && lists.size(T1) + lists.size(B1) >= capacity) {
      if (lists.size(B1) == 0 && lists.listOf(unit) == T1) {
        lists.remove(unit);
        return;
      }
      forgetOldest(B1);
    } else if (rememberedIn == NONE && known() >= 2 * capacity) {
      forgetOldest(B2);
    }
    lists.toHead(lists.listOf(unit) == T1 ? B1 : B2, unit);
  }

  private void forgetOldest(int names) {
    if (lists.size(names) > 0) {
      lists.remove(lists.tail(names));
    }
  }

  private int known() {
    return lists.size(T1) + lists.size(T2) + lists.size(B1) + lists.size(B2);
  }

  @Override
  protected void insert(int unit) {
    lists.toHead(rememberedIn == NONE ? T1 : T2, unit);
  }
}
