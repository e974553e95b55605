package io.dipper.hwsim.time.memory;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.proto.Capacity;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Divides the memory: what is static must fit, then buffers are set aside, and what is left is
 * divided evenly between the matrices that masks cover, in all layers. VRAM is beside the DRAM, and
 * holds no buffers.
 */
public final class MemoryPlanner {
  private final PointConfig config;
  private final MaskPolicy policy;
  private final ModelBytes bytes;
  private final double fixed;
  private final double total;
  private final ReadAheadBuffer buffer;
  private final double staging;
  private final double vram;

  private MemoryPlanner(PointConfig config, MaskPolicy policy) {
    this.config = config;
    this.policy = policy;
    this.bytes = ModelBytes.of(config);
    this.fixed = bytes.fixed(policy, config.getBlockLength());
    this.total = bytes.total(config.getBlockLength());
    PointConfig reads = AccountingRules.of(config).reads(config);
    this.buffer = new ReadAheadBuffer(reads, policy, bytes);
    this.staging = staging(reads);
    this.vram = VramPlacement.capacity(config);
  }

  /**
   * The plan of a point.
   *
   * @throws UserException if the static weights do not fit and may not stream, or no capacity is
   *     set
   */
  public static MemoryPlan plan(PointConfig config, MaskPolicy policy) {
    if (Experts.in(config.getModel())) {
      return ExpertMemory.plan(config, policy);
    }
    Capacity capacity = config.getCapacity();
    MemoryPlanner planner = new MemoryPlanner(config, policy);
    MemoryPlan plan =
        switch (capacity.getFormCase()) {
          case DRAM_BYTES -> planner.ofBudget(capacity.getDramBytes());
          case DRAM_FRACTION -> planner.ofBudget(capacity.getDramFraction() * planner.total);
          case CACHE_FRACTION -> planner.ofFraction(capacity.getCacheFraction());
          case CACHE_BYTES ->
              throw new UserException(
                  "a cache size is that of experts, and "
                      + config.getModel().getName()
                      + " has none; give DRAM or a cache fraction");
          case FORM_NOT_SET ->
              throw new UserException(
                  "no capacity is given; set dram (bytes or %) or cache_fraction");
        };
    plan.ledger().check(0);
    return plan;
  }

  /** Guesses take at most the room of one layer's units under masks; one that finds none waits. */
  private double staging(PointConfig reads) {
    return reads.getSpeculation() == Speculation.NO_SPECULATION
        ? 0
        : bytes.maskedMlp(policy.groups());
  }

  /**
   * @param dram what may be taken of it, beside all of the VRAM
   */
  private MemoryPlan ofBudget(double dram) {
    double capacity = dram + vram;
    double given = Double.isNaN(buffer.given()) ? 0 : buffer.given();
    double needed = fixed + staging + given;
    if (needed > capacity && !config.getStreamStatic()) {
      throw doesNotFit(needed, dram);
    }
    double left = Math.max(0, capacity - fixed - staging);
    double missing = Math.max(0, fixed + staging - capacity);
    double readAhead = buffer.given();
    if (Double.isNaN(readAhead)) {
      double wanted =
          missing > 0
              ? buffer.besideStreams(capacity - staging, missing)
              : buffer.besideCaches(left);
      readAhead = vram > 0 ? Math.min(wanted, Math.max(0, dram - staging)) : wanted;
    }
    if (staging + readAhead > dram) {
      throw vram > 0 ? noRoomForBuffers(staging + readAhead, dram) : doesNotFit(needed, dram);
    }
    double streamed = Math.min(fixed, Math.max(0, fixed + staging + readAhead - capacity));
    double dynamic = Math.max(0, left - readAhead);
    List<UnitGroup> groups = policy.groups();
    int[] columns = new int[groups.size()];
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      if (missing > 0) {
        throw doesNotFit(needed, dram);
      }
      double pages = vram > 0 ? Math.min(dynamic, dram) : dynamic;
      return plan(dram, 0, columns, 0, Math.min(pages, mappedBytes()));
    }
    int matrices = ModelBytes.covered(groups).size() * config.getModel().getLayers();
    for (int g = 0; g < columns.length; g++) {
      columns[g] = groups.get(g).unitsWithin(dynamic / matrices, bytes.bits());
    }
    return plan(dram, streamed, columns, readAhead, 0);
  }

  private MemoryPlan ofFraction(double fraction) {
    List<UnitGroup> groups = policy.groups();
    int[] columns = new int[groups.size()];
    double dram = fixed;
    for (int g = 0; g < columns.length; g++) {
      UnitGroup group = groups.get(g);
      columns[g] = (int) Math.floor(fraction * group.units());
      dram += group.bytes(columns[g], bytes.bits()) * config.getModel().getLayers();
    }
    double readAhead =
        Double.isNaN(buffer.given()) ? buffer.besideColumns(columns) : buffer.given();
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      return beside(plan(dram, 0, new int[columns.length], 0, dram - fixed));
    }
    return beside(plan(dram + readAhead + staging, 0, columns, readAhead, 0));
  }

  /** A plan without a limit of DRAM: all that it takes, of which some lies in VRAM. */
  private MemoryPlan beside(MemoryPlan all) {
    MemoryLedger ledger =
        new MemoryLedger(all.dramBytes(), all.ledger().parts(), all.ledger().inVram());
    double dram = vram > 0 ? all.dramBytes() - ledger.vramBytes() : all.dramBytes();
    return new MemoryPlan(
        dram, fixed, all.streamedBytes(), all.cacheColumns(), all.totalBytes(), ledger);
  }

  /** The masked matrices of all layers, each of whole pages. */
  private double mappedBytes() {
    double page = ModelBytes.pageBytes(config.getHardware().getFlash().getPageCache());
    double pages = Math.ceil(bytes.matrix() / page);
    int matrices = ModelBytes.covered(policy.groups()).size();
    return config.getModel().getLayers() * matrices * pages * page;
  }

  private MemoryPlan plan(
      double dram, double streamed, int[] columns, double readAhead, double pages) {
    Map<MemoryPart, Double> parts = staticParts(1 - streamed / fixed);
    parts.put(MemoryPart.READ_AHEAD, readAhead);
    parts.put(MemoryPart.STAGING, staging);
    parts.put(MemoryPart.PAGE_CACHE, pages);
    double caches = 0;
    for (int g = 0; g < columns.length; g++) {
      UnitGroup group = policy.groups().get(g);
      int units = Math.min(columns[g], group.units());
      caches += group.bytes(units, bytes.bits()) * config.getModel().getLayers();
    }
    parts.put(MemoryPart.UNIT_CACHES, caches);
    MemoryLedger ledger = new MemoryLedger(dram + vram, parts, VramPlacement.of(vram, parts));
    return new MemoryPlan(dram, fixed, streamed, columns, total, ledger);
  }

  /** What of the static bytes stays; what streams is taken from all of them alike. */
  private Map<MemoryPart, Double> staticParts(double resident) {
    Map<MemoryPart, Double> parts = new EnumMap<>(MemoryPart.class);
    parts.put(MemoryPart.ATTENTION, resident * bytes.attention());
    parts.put(MemoryPart.HEAD, resident * bytes.head());
    parts.put(MemoryPart.KV_CACHE, resident * bytes.kvCache(config.getBlockLength()));
    parts.put(MemoryPart.DENSE_MLP, resident * bytes.denseMlp(policy));
    parts.put(MemoryPart.PREDICTORS, resident * bytes.predictors(policy));
    parts.put(MemoryPart.ADAPTERS, resident * bytes.adapter().all());
    return parts;
  }

  private UserException noRoomForBuffers(double buffers, double dram) {
    return new UserException(
        "what is read ahead or on a guess waits in DRAM, "
            + MemoryLedger.print(buffers)
            + " of it, and DRAM is "
            + MemoryLedger.print(dram)
            + String.format(
                Locale.ROOT, "; give at least %.0f%%", Math.ceil(100 * buffers / total)));
  }

  /**
   * @param needed of VRAM and DRAM together
   */
  private UserException doesNotFit(double needed, double dram) {
    Map<MemoryPart, Double> parts = staticParts(1);
    parts.put(MemoryPart.STAGING, staging);
    parts.put(MemoryPart.READ_AHEAD, needed - staging - fixed);
    String beside = vram > 0 ? " beside VRAM of " + MemoryLedger.print(vram) : "";
    return new UserException(
        "the static weights of "
            + policy.spec().getName()
            + " do not fit: "
            + new MemoryLedger(dram, parts).describe()
            + " = "
            + MemoryLedger.print(needed)
            + ", and DRAM is "
            + MemoryLedger.print(dram)
            + beside
            + String.format(
                Locale.ROOT, "; give at least %.0f%%", Math.ceil(100 * (needed - vram) / total))
            + " of weights and KV cache at "
            + config.getBlockLength()
            + " tokens, or let static weights stream (--stream-static; in a sweep, stream_static:"
            + " true)");
  }
}
