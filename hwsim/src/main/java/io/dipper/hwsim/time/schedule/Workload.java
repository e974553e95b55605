package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.memory.Contention;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;

/**
 * What a device is to do: a demand, and what else its time follows from.
 *
 * @param config model, bits, device and lengths
 * @param plan how the DRAM was divided, for the same policy
 * @param demand what hits and what is fetched
 * @param bytes what the parts of the model weigh
 */
public record Workload(PointConfig config, MemoryPlan plan, Demand demand, ModelBytes bytes) {
  public Workload(PointConfig config, MemoryPlan plan, Demand demand) {
    this(config, plan, demand, ModelBytes.of(config));
  }

  /** The tokens that are kept, all but those that a point says are not accepted. */
  public double tokens() {
    return kept(demand.tokens());
  }

  /** Of so many tokens that follow one another, those that are kept. */
  public double kept(int tokens) {
    return tokens * Windows.share(config);
  }

  /**
   * The device as the point uses it: through the page cache, whose faults hold the processor up
   * whatever the overlap, or past it. Static weights that fault go through it in any case.
   */
  public HardwareProfile device() {
    HardwareProfile.Builder profile = config.getHardware().toBuilder();
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      profile.setOverlap(Overlap.NONE);
    } else if (Contention.faultedBytes(config, plan) == 0) {
      profile.getFlashBuilder().clearPageCache();
    }
    return profile.build();
  }
}
