package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.device.ProcessorRates;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
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
 * every weight that is not resident comes from Flash once.
 *
 * @param tokensPerSecond the mean over sequences of each one's throughput
 * @param ledger where the time of all tokens went
 * @param firstToken the time to first token
 * @param reads of all tokens
 * @param dramBytes through the DRAM's port for all tokens
 * @param flops of all tokens
 * @param utilisation how busy the components were
 * @param stagedBytes the most that guesses ever took of DRAM, beside the caches
 */
public record DeviceRun(
    double tokensPerSecond,
    FirstToken firstToken,
    Ledger ledger,
    FlashReads reads,
    double dramBytes,
    double flops,
    Utilisation utilisation,
    double stagedBytes) {

  /**
   * Runs a workload on the device of its point.
   *
   * @param listener hears what happens, token by token
   */
  public static DeviceRun of(Workload work, EngineListener listener) {
    HardwareProfile profile = inUse(work.config());
    ProcessorRates processor = ProcessorRates.of(profile.getProcessor());
    TokenPlan tokenPlan = new TokenPlanner(work, processor).plan();
    PassShape pass = PassShape.decode(profile.getDram().getFlashTraffic());
    ReadAhead ahead = ReadAhead.decode(tokenPlan, work.plan());
    UnitCounts counts = UnitCounts.of(work.demand());
    Engine engine = new Engine(profile, tokenPlan, counts, pass, ahead, listener);
    double throughput = tokensPerSecond(work, engine);
    return new DeviceRun(
        throughput,
        firstToken(work, tokenPlan),
        engine.ledger(),
        reads(profile, engine),
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

  private static double tokensPerSecond(Workload work, Engine engine) {
    MemoryPlan plan = work.plan();
    Demand demand = work.demand();
    KvSpan span = KvSpan.of(work.config());
    double resident = 1 - plan.streamedBytes() / plan.staticBytes();
    int row = 0;
    double throughputs = 0;
    for (int length : demand.sequenceLengths()) {
      engine.begin(row, length);
      double seconds = 0;
      for (int t = 0; t < length; t++) {
        double positions = span.at(t, length);
        plan.ledger().check(resident * work.bytes().kvCache(positions));
        seconds += engine.run(row + t, positions);
      }
      engine.checkInvariants();
      throughputs += length / seconds;
      row += length;
    }
    return throughputs / demand.sequenceLengths().length;
  }

  private static FlashReads reads(HardwareProfile profile, Engine engine) {
    double bytes = engine.flashBytes();
    boolean table = profile.getFlash().hasTable();
    double share = table && bytes > 0 ? Math.min(1, engine.unmeasuredBytes() / bytes) : 0;
    return new FlashReads(engine.flashRequests(), bytes, table ? share : Double.NaN);
  }

  private static FirstToken firstToken(Workload work, TokenPlan tokenPlan) {
    double warm = promptSeconds(work, tokenPlan.dense(), true);
    boolean carried = work.config().getCacheStart() == CacheStart.CARRIED;
    double cold = carried ? warm : promptSeconds(work, tokenPlan.dense(), false);
    return new FirstToken(cold, warm);
  }

  private static double promptSeconds(Workload work, TokenPlan dense, boolean warm) {
    PointConfig config = work.config();
    MemoryPlan plan = work.plan();
    HardwareProfile profile = inUse(config);
    boolean flashTraffic = profile.getDram().getFlashTraffic();
    PassShape pass = PassShape.prompt(config.getPromptLength(), flashTraffic);
    UnitCounts counts = promptCounts(work, warm);
    ReadAhead ahead = warm ? ReadAhead.decode(dense, plan) : ReadAhead.prompt(dense, plan);
    Engine engine = new Engine(profile, dense, counts, pass, ahead, EngineListener.NONE);
    engine.begin(0, 1);
    double seconds = engine.run(0, KvSpan.of(config).from());
    engine.checkInvariants();
    return seconds;
  }

  /**
   * What a prompt selects, which is everything, and finds cached. Through the page cache a dense
   * pass finds all pages or, where not all fit, none: each is evicted before its next use.
   */
  private static UnitCounts promptCounts(Workload work, boolean warm) {
    PointConfig config = work.config();
    MemoryPlan plan = work.plan();
    int[] units = work.demand().groups().stream().mapToInt(UnitGroup::units).toArray();
    if (!Caches.has(config.getCache(), Trait.PAGED)) {
      boolean keeps = warm && !Caches.has(config.getCache(), Trait.KEEPS_NOTHING);
      int[] cached = new int[units.length];
      Arrays.setAll(cached, g -> keeps ? Math.min(plan.cacheColumns()[g], units[g]) : 0);
      return UnitCounts.dense(units, cached);
    }
    double[] matrices = matrixBytes(work);
    double all = Arrays.stream(matrices).sum() * config.getModel().getLayers();
    if (warm && plan.ledger().bytes(MemoryPart.PAGE_CACHE) >= all) {
      return UnitCounts.dense(units, units);
    }
    PageCache pages = config.getHardware().getFlash().getPageCache();
    return UnitCounts.dense(units, new int[units.length]).through(pages, matrices);
  }

  /** The bytes of the matrices of each group in a layer. */
  private static double[] matrixBytes(Workload work) {
    ModelBytes bytes = work.bytes();
    return work.demand().groups().stream().mapToDouble(g -> bytes.matrices(g.covers())).toArray();
  }
}
