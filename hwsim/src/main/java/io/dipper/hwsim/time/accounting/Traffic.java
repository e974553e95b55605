package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Reading;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.Contention;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Tiers;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.PointConfig;

/**
 * The bytes of a point, which its memory alone decides: means per token, and what stays resident.
 * "Memory" is two numbers, the resident and the touched bytes.
 *
 * @param flashBytesPerToken missed units, or the pages that faults read, and static bytes that are
 *     streamed or dropped
 * @param dramBytesPerToken cached units and static bytes, the KV cache at its average length, VRAM
 *     included
 * @param vramBytesPerToken those of them that lie in VRAM
 * @param touchedBytesPerToken head, attention, KV cache at its average length and the MLP weights
 *     that take part, wherever they come from
 * @param residentBytes static bytes that fit, full caches, none larger than its matrix, and what is
 *     set aside beside them
 */
public record Traffic(
    double flashBytesPerToken,
    double dramBytesPerToken,
    double vramBytesPerToken,
    double touchedBytesPerToken,
    double residentBytes) {
  public static Traffic of(Workload work) {
    PointConfig config = work.config();
    MemoryPlan plan = work.plan();
    Demand demand = work.demand();
    ModelBytes bytes = work.bytes();
    double kv = bytes.kvCache(KvSpan.of(config));
    double weights = plan.staticBytes() - bytes.kvCache(config.getBlockLength());
    double fixed = weights + kv;
    Tiers tiers = Tiers.of(plan);
    double tokens = work.tokens();
    double steps = demand.rows() / tokens;
    double flash = 0;
    double dram = 0;
    double vram = steps * (tiers.weights() * weights + tiers.kvCache() * kv);
    double touched = 0;
    double faulted = Contention.faultedBytes(config, plan);
    double resident = plan.staticBytes() - plan.streamedBytes() - faulted + plan.reservedBytes();
    for (int g = 0; g < demand.groups().size(); g++) {
      UnitGroup group = demand.groups().get(g);
      Reading reading = demand.reading();
      for (int layer = 0; layer < demand.layers(); layer++) {
        double unit = reading.unitBytes(group, layer, bytes.bits());
        double hits = demand.hitsTotal(g, layer);
        double missed = demand.selectedTotal(g, layer) - hits;
        dram += hits * unit / tokens;
        vram += tiers.caches() * (hits * unit / tokens);
        touched += missed * unit / tokens;
      }
      flash += demand.reads(g, group.bytesPerUnit(bytes.bits())).missedBytes() / tokens;
      int columns = plan.cacheColumns()[g];
      resident += reading.cacheBytes(group, columns, demand.layers(), bytes.bits());
    }
    return new Traffic(
        flash + steps * (plan.streamedBytes() + faulted),
        dram + steps * fixed,
        vram,
        touched + dram + steps * fixed,
        resident);
  }
}
