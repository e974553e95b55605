package io.dipper.hwsim.replay.cache;

import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;

/**
 * CLOCK: a FIFO whose hand, where it meets a unit that was accessed, sends it back to the head once
 * for every access that its counter holds.
 *
 * <p>Batch rule: that of {@link QueuedCache}; a unit of the present token is passed over and stays
 * where it is.
 */
final class Clock extends QueuedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "clock",
              "the unit goes that entered first, but what was selected gets another round",
              "Corbato, MIT Project MAC, 1968")
          .with(Parameter.integer("bits", 1, 8, "of each unit's counter of accesses").or(1))
          .by(Clock::new);

  private static final int QUEUE = 0;

  private final int most;
  private final byte[] accesses;
  private final UnitLists lists;

  private Clock(Choice parameters, CacheContext context) {
    super(parameters, context);
    this.most = (1 << parameters.integer("bits")) - 1;
    this.accesses = new byte[context.units()];
    this.lists = new UnitLists(context.units(), 1);
  }

  @Override
  protected void forget() {
    lists.clear();
  }

  @Override
  protected void begin() {
    lists.begin();
  }

  @Override
  protected void hit(int unit) {
    if ((accesses[unit] & 0xff) < most) {
      accesses[unit]++;
    }
  }

  @Override
  protected int victim() {
    int unit = lists.candidate(QUEUE, selected());
    while (accesses[unit] != 0) {
      accesses[unit]--;
      lists.toHead(QUEUE, unit);
      unit = lists.candidate(QUEUE, selected());
    }
    return unit;
  }

  @Override
  protected void evict(int unit) {
    lists.remove(unit);
  }

  @Override
  protected void insert(int unit) {
    accesses[unit] = 0;
    lists.toHead(QUEUE, unit);
  }
}
