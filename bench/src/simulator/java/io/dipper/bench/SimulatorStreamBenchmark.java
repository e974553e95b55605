package io.dipper.bench;

import com.github.benmanes.caffeine.cache.simulator.admission.Admission;
import com.github.benmanes.caffeine.cache.simulator.policy.AccessEvent;
import com.github.benmanes.caffeine.cache.simulator.policy.Policy;
import com.github.benmanes.caffeine.cache.simulator.policy.linked.FrequentlyUsedPolicy;
import com.github.benmanes.caffeine.cache.simulator.policy.linked.LinkedPolicy;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@link CacheStreamBenchmark}, and in the same run the LRU and LFU policies of Caffeine's cache
 * simulator on the same stream, column by column: {@code SimulatorStreamBenchmark [SECONDS]}. The
 * simulator's events are made once, outside what is measured. Built with {@code -Psimulator} alone.
 */
public final class SimulatorStreamBenchmark {
  private final UnitSet[] masks;
  private final AccessEvent[] events = new AccessEvent[CacheStreamBenchmark.UNITS];

  private SimulatorStreamBenchmark(UnitSet[] masks) {
    this.masks = masks;
    for (int i = 0; i < events.length; i++) {
      events[i] = AccessEvent.forKey(i);
    }
  }

  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    CacheStreamBenchmark ours = new CacheStreamBenchmark(seconds);
    ours.measureAll();
    SimulatorStreamBenchmark simulator = new SimulatorStreamBenchmark(ours.masks());
    ours.measure("simulator's lru", () -> simulator.run(SimulatorStreamBenchmark::lru));
    ours.measure("simulator's lfu", () -> simulator.run(SimulatorStreamBenchmark::lfu));
  }

  private long run(Supplier<Policy> made) {
    Policy policy = made.get();
    for (UnitSet mask : masks) {
      for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
        policy.record(events[unit]);
      }
    }
    return policy.stats().hitCount();
  }

  private static Policy lru() {
    return new LinkedPolicy(config(), Set.of(), Admission.ALWAYS, LinkedPolicy.EvictionPolicy.LRU);
  }

  private static Policy lfu() {
    return new FrequentlyUsedPolicy(
        Admission.ALWAYS, FrequentlyUsedPolicy.EvictionPolicy.LFU, config());
  }

  private static Config config() {
    return ConfigFactory.parseString("maximum-size = " + CacheStreamBenchmark.CAPACITY)
        .withFallback(ConfigFactory.load().getConfig("caffeine.simulator"));
  }
}
