package io.dipper.hwsim.time.memory;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.Capacity;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Divides the DRAM of a model with experts: what every token reads must fit, the rest caches
 * experts.
 */
final class ExpertMemory {
  private final PointConfig config;
  private final MaskPolicy policy;
  private final ModelBytes bytes;
  private final double fixed;
  private final double staging;

  private ExpertMemory(PointConfig config, MaskPolicy policy) {
    this.config = config;
    this.policy = policy;
    this.bytes = ModelBytes.of(config);
    this.fixed =
        bytes.attention()
            + bytes.head()
            + bytes.kvCache(config.getBlockLength())
            + bytes.adapter().all();
    this.staging = staging();
  }

  /** Guesses take at most the room of the experts that one layer's router chooses for a token. */
  private double staging() {
    if (config.getSpeculation() == Speculation.NO_SPECULATION) {
      return 0;
    }
    ModelShape shape = config.getModel();
    ExpertSlices slices = ExpertSlices.of(shape, bytes.bits());
    long page = ModelBytes.pageBytes(config.getHardware().getFlash());
    long largest = 0;
    for (int layer : Experts.layers(shape)) {
      for (int expert = 0; expert < shape.getExperts(); expert++) {
        largest = Math.max(largest, slices.bytesRead(layer, expert, page));
      }
    }
    return (double) largest * shape.getExpertsPerToken();
  }

  /**
   * The plan of a point.
   *
   * @throws UserException if what every token reads does not fit, or no capacity is set
   */
  static MemoryPlan plan(PointConfig config, MaskPolicy policy) {
    if (config.getHardware().hasVram()) {
      throw new UserException(
          config.getHardware().getName()
              + " has VRAM, and experts are simulated in DRAM alone; choose a profile without it");
    }
    ExpertMemory memory = new ExpertMemory(config, policy);
    Capacity capacity = config.getCapacity();
    double total = memory.bytes.total(config.getBlockLength());
    return switch (capacity.getFormCase()) {
      case CACHE_BYTES -> memory.ofCache(capacity.getCacheBytes());
      case CACHE_FRACTION ->
          memory.ofCache(Math.floor(capacity.getCacheFraction() * memory.bytes.mlp()));
      case DRAM_BYTES -> memory.plan(capacity.getDramBytes());
      case DRAM_FRACTION -> memory.plan(capacity.getDramFraction() * total);
      case FORM_NOT_SET ->
          throw new UserException(
              "no capacity is given; set cache_size (bytes of experts), dram (bytes or %) or"
                  + " cache_fraction");
    };
  }

  /** What is not left for caches. */
  private double taken() {
    return fixed + staging;
  }

  /** Without a limit of DRAM: as much as caches of a size take, if they keep anything. */
  private MemoryPlan ofCache(double cache) {
    return plan(taken() + (keeps() ? cache : 0));
  }

  private boolean keeps() {
    return !Caches.has(config.getCache(), Trait.KEEPS_NOTHING);
  }

  private MemoryPlan plan(double dram) {
    if (taken() > dram) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "what every token of %s reads does not fit: %s, and DRAM is %s; give more",
              config.getModel().getName(),
              new MemoryLedger(dram, parts(0)).describe(),
              MemoryLedger.print(dram)));
    }
    double cache = keeps() ? Math.floor(dram - taken()) : 0;
    int[] units =
        policy.groups().stream()
            .mapToInt(g -> (int) Math.min(g.units(), g.units() * cache / bytes.mlp()))
            .toArray();
    return new MemoryPlan(
        dram,
        fixed,
        0,
        units,
        bytes.total(config.getBlockLength()),
        new MemoryLedger(dram, parts(cache)));
  }

  private Map<MemoryPart, Double> parts(double cache) {
    Map<MemoryPart, Double> parts = new EnumMap<>(MemoryPart.class);
    boolean stored = config.getModel().getStorageCount() > 0;
    parts.put(stored ? MemoryPart.DENSE_LAYERS : MemoryPart.ATTENTION, bytes.attention());
    parts.put(MemoryPart.HEAD, bytes.head());
    parts.put(MemoryPart.KV_CACHE, bytes.kvCache(config.getBlockLength()));
    parts.put(MemoryPart.ADAPTERS, bytes.adapter().all());
    parts.put(MemoryPart.STAGING, staging);
    parts.put(MemoryPart.EXPERT_CACHES, cache);
    return parts;
  }
}
