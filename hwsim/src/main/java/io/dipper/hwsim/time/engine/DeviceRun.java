package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.time.device.ProcessorRates;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PageCache;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import java.util.Arrays;

/**
 * What came of running every token of a demand on the device of a profile.
 *
 * <p>Token t of the n of a sequence reads a KV cache of {@code from + (block - from) (t + 1/2) / n}
 * positions: it grows evenly to the block's length, each token counted at the middle of its own
 * entry, so that its mean is that of the {@link KvSpan}; a layer with a window reads no more than
 * that.
 *
 * <p>The time to first token is one dense pass of the prompt (of one token where there is none):
 * every weight that is not resident comes from Flash once. The caches are cold, or full where they
 * are carried over from the sequence before.
 *
 * @param tokensPerSecond the mean over sequences of each one's throughput
 * @param ledger where the time of all tokens went
 * @param flashRequests of all tokens
 * @param flashBytes read for all tokens, whole pages
 * @param dramBytes through the DRAM's port for all tokens
 * @param flops of all tokens
 * @param utilisation how busy the components were
 * @param stagedBytes the most that guesses ever took of DRAM, beside the caches
 */
public record DeviceRun(
    double tokensPerSecond,
    double ttftSeconds,
    Ledger ledger,
    double flashRequests,
    double flashBytes,
    double dramBytes,
    double flops,
    Utilisation utilisation,
    double stagedBytes) {

  /**
   * Runs a demand on the device of its point.
   *
   * @param plan how the DRAM was divided, for the same policy
   * @param layout where units lie on Flash
   * @param listener hears what happens, token by token
   */
  public static DeviceRun of(
      PointConfig config, MemoryPlan plan, Demand demand, Layout layout, EngineListener listener) {
    HardwareProfile profile = inUse(config);
    ProcessorRates processor = ProcessorRates.of(profile.getProcessor());
    TokenPlan tokenPlan = new TokenPlanner(config, plan, demand, processor, layout).plan();
    PassShape pass = PassShape.decode(profile.getDram().getFlashTraffic());
    ReadAhead ahead = ReadAhead.decode(tokenPlan, plan);
    Engine engine = new Engine(profile, tokenPlan, UnitCounts.of(demand), pass, ahead, listener);
    double throughput = tokensPerSecond(config, plan, demand, engine);
    return new DeviceRun(
        throughput,
        ttftSeconds(config, plan, demand, tokenPlan),
        engine.ledger(),
        engine.flashRequests(),
        engine.flashBytes(),
        engine.dramBytes(),
        engine.flops(),
        engine.utilisation(),
        engine.mostStagedBytes());
  }

  /**
   * The device as a point uses it: through the page cache, whose faults hold the processor up
   * whatever the overlap, or past it.
   */
  private static HardwareProfile inUse(PointConfig config) {
    HardwareProfile.Builder profile = config.getHardware().toBuilder();
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      profile.setOverlap(Overlap.NONE);
    } else {
      profile.getFlashBuilder().clearPageCache();
    }
    return profile.build();
  }

  private static double tokensPerSecond(
      PointConfig config, MemoryPlan plan, Demand demand, Engine engine) {
    ModelBytes bytes = ModelBytes.of(config);
    KvSpan span = KvSpan.of(config);
    double resident = 1 - plan.streamedBytes() / plan.staticBytes();
    int row = 0;
    double throughputs = 0;
    for (int length : demand.sequenceLengths()) {
      engine.begin(row, length);
      double seconds = 0;
      for (int t = 0; t < length; t++) {
        double positions = span.at(t, length);
        plan.ledger().check(resident * bytes.kvCache(positions));
        seconds += engine.run(row + t, positions);
      }
      engine.checkInvariants();
      throughputs += length / seconds;
      row += length;
    }
    return throughputs / demand.sequenceLengths().length;
  }

  private static double ttftSeconds(
      PointConfig config, MemoryPlan plan, Demand demand, TokenPlan tokenPlan) {
    int[] units =
        demand.groups().stream().mapToInt(g -> g.axis().units(config.getModel())).toArray();
    UnitCounts counts = UnitCounts.dense(units, cachedBefore(config, plan, units));
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      counts = counts.through(pageCache(config), matrixBytes(config, demand));
    }
    HardwareProfile profile = inUse(config);
    PassShape pass =
        PassShape.prompt(config.getPromptLength(), profile.getDram().getFlashTraffic());
    TokenPlan dense = tokenPlan.dense();
    boolean carried = config.getCacheStart() == CacheStart.CARRIED;
    ReadAhead ahead = carried ? ReadAhead.decode(dense, plan) : ReadAhead.prompt(dense, plan);
    Engine engine = new Engine(profile, dense, counts, pass, ahead, EngineListener.NONE);
    engine.begin(0, 1);
    double seconds = engine.run(0, KvSpan.of(config).from());
    engine.checkInvariants();
    return seconds;
  }

  private static PageCache pageCache(PointConfig config) {
    return config.getHardware().getFlash().getPageCache();
  }

  /** The bytes of the matrices of each group in a layer. */
  private static double[] matrixBytes(PointConfig config, Demand demand) {
    double matrix = ModelBytes.of(config).matrix();
    return demand.groups().stream().mapToDouble(g -> g.covers().size() * matrix).toArray();
  }

  /** What a prompt finds cached: full caches where the sequence before left them, else nothing. */
  private static int[] cachedBefore(PointConfig config, MemoryPlan plan, int[] units) {
    int[] cached = new int[units.length];
    boolean keeps = !Caches.has(config.getCache(), Trait.KEEPS_NOTHING);
    if (config.getCacheStart() == CacheStart.CARRIED && keeps) {
      Arrays.setAll(cached, group -> Math.min(plan.cacheColumns()[group], units[group]));
    }
    return cached;
  }
}
