package io.dipper.bench.phone;

import io.dipper.files.OutputFile;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.routes.RouteImport;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.DeviceRun;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.Stretch;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** The simulated phone: what the runs of its folder take, token by token. */
final class Phone {
  /** How the traced run used the phone. */
  static final PhoneSetting TRACED = new PhoneSetting(6, 4, Overlap.PIPELINE, true);

  private static final int GROUP = 0;
  private static final int SEED = 1;
  private static final String CACHE = "lru:scope=global";
  private static final String CACHE_SIZE = "4000 MiB";
  private static final double PICO = 1e-12;

  private final PlannedPoint point;
  private final Demand traced;
  private final ExpertRules rules;
  private final MissSpread spread;

  /**
   * @param routes the traced run's file of routes
   * @param trace where to put the trace that is made of it
   */
  Phone(Path routes, Path trace) {
    try (OutputFile output = OutputFile.recording(trace, OutputFile.Existing.REPLACED)) {
      RouteImport.run(routes, "bench", output, Progress.SILENT);
    }
    try (TraceReader reader = TraceReader.open(trace)) {
      Simulation simulation = Simulation.of(trace, reader, 1, Progress.SILENT);
      PointConfig config =
          simulation.complete(
              PointConfig.newBuilder()
                  .setHardware(TRACED.device())
                  .setPolicy(Policies.parse("router"))
                  .setCache(Caches.parse(CACHE))
                  .setCapacity(Capacities.cacheBytes(CACHE_SIZE))
                  .build());
      this.point = simulation.plan(config);
      this.traced = simulation.run(config).demand();
    }
    this.rules = (ExpertRules) point.fetch();
    this.spread = MissSpread.of(traced);
  }

  /** What the traced run asked for. */
  Demand traced() {
    return traced;
  }

  /** How unevenly its misses lie. */
  MissSpread spread() {
    return spread;
  }

  /** The bytes of the experts of a token, of which each layer computes so many. */
  double activeBytes(int perToken) {
    double sum = 0;
    for (int layer = 0; layer < traced.layers(); layer++) {
      sum += perToken * rules.slices().bytes(layer);
    }
    return sum;
  }

  /** The bytes that enter the cache in some tokens of the traced run, the mean of a token. */
  double admittedBytes(int from, int to) {
    double sum = 0;
    for (int layer = 0; layer < traced.layers(); layer++) {
      for (int row = from; row < to; row++) {
        int missed = traced.selected(GROUP, layer, row) - traced.hits(GROUP, layer, row);
        sum += (double) missed * rules.slices().bytes(layer);
      }
    }
    return sum / (to - from);
  }

  int layers() {
    return traced.layers();
  }

  /** A run that was not traced: its bytes, spread over its layers as unevenly as in the trace. */
  Demand spread(RecordedRun run, PhoneSetting setting) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] each = new double[traced.layers()];
    for (int layer = 0; layer < each.length; layer++) {
      for (int expert = 0; expert < rules.shape().getExperts(); expert++) {
        each[layer] += rules.slices().bytesRead(layer, expert, rules.pageBytes());
      }
      each[layer] /= rules.shape().getExperts();
    }
    Demand demand = empty(run.tokens());
    for (int row = 0; row < run.tokens(); row++) {
      int[] misses = spread.draw(run.bytes()[row], each, setting.perToken(), random);
      for (int layer = 0; layer < each.length; layer++) {
        int hits = setting.perToken() - misses[layer];
        demand.record(GROUP, layer, row, setting.perToken(), hits, misses[layer]);
      }
    }
    return demand;
  }

  /** Tokens that compute no expert. */
  Demand residentPartAlone() {
    return empty(1);
  }

  private Demand empty(int tokens) {
    ExpertRules withoutPrompt =
        new ExpertRules(
            rules.shape(),
            rules.slices(),
            rules.masked(),
            List.of(),
            rules.cacheBytes(),
            rules.pageBytes(),
            rules.speculation());
    return new Demand(point.policy().groups(), traced.layers(), new int[] {tokens}, withoutPrompt);
  }

  /** The seconds of each token. */
  double[] seconds(Demand demand, PhoneSetting setting, HardwareProfile device) {
    double[] seconds = new double[demand.tokens()];
    EngineListener listener =
        (Stretch stretch) ->
            seconds[stretch.place().row()] += PICO * (stretch.endPs() - stretch.startPs());
    run(demand, setting, device, listener);
    return seconds;
  }

  /** The seconds of the mean token in which it waits for Flash. */
  double readingSeconds(Demand demand, PhoneSetting setting, HardwareProfile device) {
    DeviceRun run = run(demand, setting, device, EngineListener.NONE);
    return run.ledger().seconds(Activity.FLASH) / demand.tokens();
  }

  private DeviceRun run(
      Demand demand, PhoneSetting setting, HardwareProfile device, EngineListener listener) {
    PointConfig config =
        point.config().toBuilder()
            .setHardware(device)
            .setCache(Caches.parse(setting.cached() ? CACHE : "none"))
            .build();
    return DeviceRun.of(new Workload(config, point.plan(), demand), listener);
  }
}
