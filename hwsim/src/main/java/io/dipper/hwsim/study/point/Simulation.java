package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.hardware.Backends;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.replay.demand.CoActivationPlaces;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.HotUnits;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.ReplayWork;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.demand.UnitPlaces;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.result.ExpertUseRow;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.time.accounting.Accounting;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.MemoryPlanner;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.RunShape;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import io.dipper.proto.WeightBits;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates points on one trace: {@link #complete} a configuration, {@link #plan} its memory, then
 * {@link #run} it. Many points run together share their replays. Results do not depend on the
 * number of threads. Not safe for use by many threads.
 */
public final class Simulation {
  /** How many tokens {@link #sensitivities} takes at most. */
  public static final int SENSITIVITY_TOKENS = 256;

  private final Source source;
  private final TraceInfo trace;
  private final int threads;
  private final Progress progress;
  private final @Nullable Quantisation quantised;
  private final UnitPlaces coActivation;
  private final HotUnits hot;
  private final Map<PolicySpec, MaskPolicy> policies = new HashMap<>();
  private final Set<CacheSpec> known = new HashSet<>();
  private final CheckedAdapters adapters = new CheckedAdapters();

  /**
   * @param trace what the rows say of the recording
   * @param threads how many cores to use
   */
  public Simulation(Recording recording, TraceInfo trace, int threads, Progress progress) {
    this(
        new RecordedSource(recording, trace.manifest().getBlockLength()),
        trace,
        threads,
        progress,
        null);
  }

  private Simulation(
      Source source,
      TraceInfo trace,
      int threads,
      Progress progress,
      @Nullable Quantisation quantised) {
    this.source = source;
    this.trace = trace;
    this.coActivation = new CoActivationPlaces(source.recording());
    this.threads = threads;
    this.progress = progress;
    this.quantised = quantised;
    this.hot = new HotUnits(source.recording());
  }

  /** A simulation on a trace file, which stays open. */
  public static Simulation of(Path file, TraceReader reader, int threads, Progress progress) {
    ReplayWork.announce(reader, 1);
    return new Simulation(reader, TraceInfo.of(file, reader), threads, progress);
  }

  /** A simulation of a known shape, through caches that the prompt has filled. */
  public static Simulation of(ShapeRecording run, int threads, Progress progress) {
    return new Simulation(new ShapeSource(run), TraceInfo.of(run), threads, progress, null);
  }

  /** This simulation with the bits of a quantisation instead of those of the model's file. */
  public Simulation quantised(Quantisation other) {
    return new Simulation(source, trace, threads, progress, other);
  }

  /** A simulation of the first tokens alone, and the trace's prompt if a policy has one. */
  Simulation ofFirst(int tokens) {
    return new Simulation(source.first(tokens), trace, threads, Progress.SILENT, quantised);
  }

  /** The model that was recorded. */
  public ModelShape model() {
    return source.recording().model();
  }

  /** What the results say of the trace. */
  public TraceInfo trace() {
    return trace;
  }

  /** How many tokens a point replays. */
  public long tokens() {
    return source.tokens();
  }

  /**
   * A configuration with everything filled in that follows from the trace or has a default: model,
   * trace digest, policy parameters, cache, bits, block length.
   *
   * @param partial device, policy, capacity, and whatever else shall differ from the default
   * @throws io.dipper.error.UserException if the policy or the cache does not exist
   */
  public PointConfig complete(PointConfig partial) {
    PointConfig.Builder config =
        partial.toBuilder()
            .setTraceSha256(trace.sha256())
            .setPolicy(Policies.resolve(partial.getPolicy()));
    boolean cached = !config.getCache().getPolicy().isEmpty();
    config.setCache(Caches.check(cached ? config.getCache() : PointSettings.CACHE.absent()));
    source.complete(config);
    Contexts.complete(config, source);
    WindowCheck.settle(config);
    if (quantised != null) {
      WeightBits stored = quantised.bits(model(), source.isTied());
      config.setBits(stored.toBuilder().mergeFrom(partial.getBits()));
    }
    Backends.complete(config);
    PointConfig settled = AccountingRules.of(partial).settle(config.build());
    PointConfig stored = settled.toBuilder().setBits(DefaultBits.resolve(settled)).build();
    return StoredTypes.complete(StoredRows.complete(stored, quantised), quantised);
  }

  /**
   * Divides the DRAM of a point and checks that it can be replayed.
   *
   * @param config complete
   * @throws io.dipper.error.UserException if the point cannot exist: what must be resident does not
   *     fit, the cache cannot serve the policy, the trace lacks a site
   */
  public PlannedPoint plan(PointConfig config) {
    Backends.choose(config.getHardware(), config.getBackend());
    source.check(config);
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      PagePlanner.check(config);
    }
    Contexts.check(config, source);
    WindowCheck.check(config);
    MaskPolicy policy =
        policies.computeIfAbsent(
            config.getPolicy(),
            spec -> Policies.create(spec, new PolicyContext(model(), source.recording())));
    if (known.add(config.getCache())) {
      Caches.checkFiles(config.getCache());
    }
    adapters.check(config);
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    source.checkSites(policy);
    ReplayPoint replayPoint =
        new ReplayPoint(
            policy,
            config.getCache(),
            plan.cacheColumns(),
            config.getSeed(),
            new SequenceStart(StartPlanner.start(config), hot),
            Experts.in(model())
                ? ExpertPlanner.rules(config, policy, plan, trace.manifest().getPromptsList())
                : FetchPlanner.rules(config, policy.groups(), plan, coActivation));
    return new PlannedPoint(config, plan, replayPoint);
  }

  /** What a point's numbers hide, in a sentence each. */
  public List<String> warnings(PointConfig config) {
    return plan(config).fetch() instanceof ExpertRules rules
        ? ExpertPlanner.warnings(config, rules)
        : List.of();
  }

  /** How often each expert was chosen; empty where there are none, or no trace. */
  public List<ExpertUseRow> expertUses() {
    return ExpertUses.of(source.recording());
  }

  /** Simulates one point. */
  public SimulatedPoint run(PointConfig config) {
    PlannedPoint point = plan(config);
    return time(point, replay(point));
  }

  /**
   * Simulates one point and writes down what happens, into the files that are asked for.
   *
   * @throws io.dipper.error.UserException if a file cannot be written, or the accounting is a
   *     closed form, in which nothing happens
   */
  public SimulatedPoint run(PointConfig config, RunFiles files) {
    PlannedPoint point = plan(config);
    int[] lengths = point.fetch().decoded(source.recording().sequenceLengths());
    RunShape shape = new RunShape(lengths, config.getModel().getLayers());
    return files.write(
        shape,
        listener -> {
          Accounting accounting = Accountings.of(config.getAccounting(), listener);
          Demand demand = replay(point);
          Timing timing = accounting.time(point.workload(demand));
          return PointRows.point(point, demand, timing, trace);
        });
  }

  /**
   * Simulates one point and writes down what becomes of every unit.
   *
   * @throws io.dipper.error.UserException if the file cannot be written, or there is no trace
   */
  public SimulatedPoint run(PointConfig config, AccessFile file) {
    PlannedPoint point = plan(config);
    AccessLog log = file.begin(point, (int) tokens());
    return time(point, file.write(point, log, () -> replay(point, log)));
  }

  /** Replays one point: what it asks for, before anything has a time. */
  public Demand replay(PlannedPoint point) {
    return replay(point, AccessListener.NONE);
  }

  /** Replays one point; every access is told to the listener. */
  public Demand replay(PlannedPoint point, AccessListener listener) {
    return source.demands(List.of(point.replayPoint()), threads, progress, listener).get(0);
  }

  /**
   * Simulates many points; a replay that several need is done once.
   *
   * @param finished hears of each point, one at a time, as soon as it is done
   */
  public void run(List<PlannedPoint> points, Consumer<SimulatedPoint> finished) {
    progress.start("simulating", "points", points.size());
    progress.each(tokens(), "tokens");
    for (DemandBatch batch : DemandBatch.of(points, source.tokens())) {
      Progress replaying = new PointProgress(progress, batch.points());
      List<Demand> demands = source.demands(batch.replayPoints(), threads, replaying);
      batch.time(demands, threads, this::time, finished);
    }
  }

  /**
   * How much the speed of points depends on each number of their devices: over the first {@value
   * #SENSITIVITY_TOKENS} tokens of the trace (after a prompt that is no part of a point), or all if
   * there are fewer.
   *
   * @return for each point, in order, the rows of the numbers that matter
   */
  public List<SensitivityRow> sensitivities(List<PlannedPoint> points) {
    return new FirstTokens(source, SENSITIVITY_TOKENS, threads).sensitivities(points);
  }

  /**
   * Whether points are faster than dense ones on every device that the ranges of theirs allow, over
   * as many tokens as {@link #sensitivities} takes.
   *
   * @return for each pair, in order, its row; none where no number of the device has a range
   */
  public List<VerdictRow> verdicts(List<PointPair> pairs) {
    return new FirstTokens(source, SENSITIVITY_TOKENS, threads).verdicts(pairs);
  }

  /** Times a point whose demand is known, e.g. from a live run. */
  public SimulatedPoint time(PlannedPoint point, Demand demand) {
    return PointRows.point(point, demand, point.time(demand), trace);
  }
}
