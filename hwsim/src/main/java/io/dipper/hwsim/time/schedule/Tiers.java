package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which share of what the processor reads lies in VRAM, the memory beside it; the rest lies in
 * DRAM. Shares hold for every layer, every position of the KV cache and every hit alike.
 *
 * @param weights of static weights, those that stream included
 * @param kvCache of the KV cache
 * @param caches of cached units
 */
public record Tiers(double weights, double kvCache, double caches) {
  /** All of it in DRAM. */
  static final Tiers DRAM_ALONE = new Tiers(0, 0, 0);

  private static final Set<MemoryPart> KV_CACHE = EnumSet.of(MemoryPart.KV_CACHE);
  private static final Set<MemoryPart> CACHES = EnumSet.of(MemoryPart.UNIT_CACHES);

  /** The shares of a plan; what streams lies nowhere. */
  public static Tiers of(MemoryPlan plan) {
    MemoryLedger ledger = plan.ledger();
    if (ledger.inVram().isEmpty()) {
      return DRAM_ALONE;
    }
    double resident = 1 - plan.streamedBytes() / plan.staticBytes();
    return new Tiers(
        resident * ledger.vramShare(MemoryPart.WEIGHTS),
        resident * ledger.vramShare(KV_CACHE),
        ledger.vramShare(CACHES));
  }
}
