package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.AccessLog;
import io.dipper.hwsim.replay.demand.CoActivationPlaces;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.FullDemand;
import io.dipper.hwsim.replay.demand.HotUnits;
import io.dipper.hwsim.replay.demand.Reading;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.ReplayWork;
import io.dipper.hwsim.replay.demand.UnitPlaces;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.SensitivityRow;
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
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Arrays;
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
  /** The cache policy of a point that names none. */
  public static final String DEFAULT_CACHE = "lfu";

  /** How many tokens {@link #sensitivities} takes at most. */
  public static final int SENSITIVITY_TOKENS = 256;

  private final Recording recording;
  private final TraceInfo trace;
  private final int threads;
  private final Progress progress;
  private final @Nullable Quantisation quantisation;
  private final UnitPlaces coActivation;
  private final HotUnits hot;
  private final Map<PolicySpec, MaskPolicy> policies = new HashMap<>();
  private final Set<CacheSpec> known = new HashSet<>();

  /**
   * @param trace what the rows say of the recording
   * @param threads how many cores to use
   */
  public Simulation(Recording recording, TraceInfo trace, int threads, Progress progress) {
    this(recording, trace, threads, progress, null);
  }

  private Simulation(
      Recording recording,
      TraceInfo trace,
      int threads,
      Progress progress,
      @Nullable Quantisation quantisation) {
    this.recording = recording;
    this.trace = trace;
    this.coActivation = new CoActivationPlaces(recording);
    this.threads = threads;
    this.progress = progress;
    this.quantisation = quantisation;
    this.hot = new HotUnits(recording);
  }

  /** A simulation on a trace file, which stays open. */
  public static Simulation of(Path file, TraceReader reader, int threads, Progress progress) {
    ReplayWork.announce(reader, 1);
    return new Simulation(reader, TraceInfo.of(file, reader), threads, progress);
  }

  /**
   * A simulation of a known model without a trace: masks that depend on its shape alone, through
   * caches that the prompt has filled.
   */
  public static Simulation of(ShapeRecording run, int threads, Progress progress) {
    return new Simulation(run, TraceInfo.of(run), threads, progress);
  }

  /** The same with the bits of a quantisation instead of those of the model's file. */
  public Simulation quantised(Quantisation other) {
    return new Simulation(recording, trace, threads, progress, other);
  }

  /** The model that was recorded. */
  public ModelShape model() {
    return recording.model();
  }

  /** What the results say of the trace. */
  public TraceInfo trace() {
    return trace;
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
            .setModel(recording.model())
            .setTraceSha256(trace.sha256())
            .setPolicy(Policies.resolve(partial.getPolicy()));
    if (config.getCache().getPolicy().isEmpty()) {
      config.getCacheBuilder().setPolicy(DEFAULT_CACHE);
    }
    config.setCache(Caches.check(config.getCache()));
    if (recording instanceof ShapeRecording run) {
      config.setTokens(run.tokens());
    }
    setContext(config);
    if (quantisation != null) {
      boolean tied = recording instanceof ShapeRecording run && run.shape().tied();
      WeightBits bits = quantisation.bits(recording.model(), tied);
      config.setBits(bits.toBuilder().mergeFrom(partial.getBits()));
    }
    PointConfig settled = AccountingRules.of(partial).settle(config.build());
    return settled.toBuilder().setBits(DefaultBits.resolve(settled)).build();
  }

  /** How many tokens a point replays. */
  public long tokens() {
    return Arrays.stream(recording.sequenceLengths()).asLongStream().sum();
  }

  /** The length of the KV cache at the end of a sequence, and what was there before it. */
  private void setContext(PointConfig.Builder config) {
    if (config.getBlockLength() == 0) {
      long end = runLength() + (recording instanceof ShapeRecording ? config.getPromptLength() : 0);
      if (end > Integer.MAX_VALUE) {
        throw new UserException(
            "a prompt of "
                + config.getPromptLength()
                + " and "
                + runLength()
                + " tokens are more than the "
                + Integer.MAX_VALUE
                + " positions that a context may have; shorten one of them");
      }
      config.setBlockLength((int) end);
    }
    long before = config.getBlockLength() - runLength();
    config.setContextStart(before > config.getPromptLength() ? (int) before : 0);
  }

  /** The tokens of a sequence: the trace's blocks (their prompt included), or what is generated. */
  private long runLength() {
    if (recording instanceof ShapeRecording run) {
      return run.tokens();
    }
    int length = trace.manifest().getBlockLength();
    return length > 0 ? length : Arrays.stream(recording.sequenceLengths()).max().orElse(0);
  }

  /**
   * Divides the DRAM of a point and checks that it can be replayed.
   *
   * @param config complete
   * @throws io.dipper.error.UserException if the point cannot exist: what must be resident does not
   *     fit, the cache cannot serve the policy, the trace lacks a site
   */
  public PlannedPoint plan(PointConfig config) {
    checkExists(config);
    MaskPolicy policy =
        policies.computeIfAbsent(
            config.getPolicy(),
            spec -> Policies.create(spec, new PolicyContext(recording.model(), recording)));
    if (known.add(config.getCache())) {
      Caches.checkFiles(config.getCache());
    }
    MemoryPlan plan = MemoryPlanner.plan(config, policy);
    if (!(recording instanceof ShapeRecording)) {
      policy.groups().stream()
          .flatMap(group -> group.signals().stream())
          .forEach(signal -> signal.column(recording, 0));
    }
    Reading fetch = FetchPlanner.rules(config, policy.groups(), plan, coActivation);
    PlannedPoint point = new PlannedPoint(config, policy, plan, fetch, hot);
    point.replayPoint();
    return point;
  }

  private void checkExists(PointConfig config) {
    String policy = config.getPolicy().getName();
    if (recording instanceof ShapeRecording
        && Policies.has(config.getPolicy(), Trait.SCORES_ACTIVATIONS)) {
      throw new UserException(
          "policy "
              + policy
              + " scores activations, and the shape of a model has none; give a trace (--trace)");
    }
    if (Policies.has(config.getPolicy(), Trait.CHOOSES_EXPERTS)) {
      throw new UserException(
          "policy " + policy + " chooses experts, and points are those of dense MLPs");
    }
    if (Policies.has(config.getPolicy(), Trait.RECORDED)) {
      checkRecorded(config);
    }
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      PagePlanner.check(config);
      if (recording instanceof ShapeRecording) {
        throw new UserException(
            "cache page-cache is replayed token by token; give a trace (--trace)");
      }
    }
    checkContext(config);
  }

  private void checkContext(PointConfig config) {
    int context = config.getBlockLength();
    if (config.getPromptLength() > context) {
      throw new UserException(
          "a prompt of "
              + config.getPromptLength()
              + " tokens does not fit a context of "
              + context
              + "; make one of them fit the other");
    }
    long generated = recording instanceof ShapeRecording ? config.getPromptLength() : 0;
    if (runLength() + generated > context) {
      throw new UserException(
          (generated > 0 ? "a prompt of " + generated + " and " : "sequences of ")
              + runLength()
              + " tokens do not fit a context of "
              + context
              + "; give one of at least "
              + (runLength() + generated));
    }
  }

  private void checkRecorded(PointConfig config) {
    String policy =
        "policy " + config.getPolicy().getName() + " has masks for the tokens of one trace";
    if (recording instanceof ShapeRecording) {
      throw new UserException(policy + "; give it (--trace)");
    }
    if (!Caches.files(config.getCache()).isEmpty()) {
      String cache = config.getCache().getPolicy();
      throw new UserException(
          policy + ", and cache " + cache + " is calibrated on another; leave its file out");
    }
  }

  private List<Demand> demands(Recording of, List<ReplayPoint> points, Progress replaying) {
    return demands(of, points, replaying, AccessListener.NONE);
  }

  private List<Demand> demands(
      Recording of, List<ReplayPoint> points, Progress replaying, AccessListener listener) {
    return of instanceof ShapeRecording run
        ? points.stream().map(point -> FullDemand.of(point, run)).toList()
        : new Replay(of, threads, replaying).run(points, listener);
  }

  private Recording firstTokens() {
    return recording instanceof ShapeRecording run
        ? new ShapeRecording(run.shape(), Math.min(run.tokens(), SENSITIVITY_TOKENS))
        : RecordingPrefix.ofTokens(recording, SENSITIVITY_TOKENS);
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
    RunShape shape = new RunShape(recording.sequenceLengths(), config.getModel().getLayers());
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
    Demand demand = demands(recording, List.of(point.replayPoint()), progress, log).get(0);
    file.write(point, log);
    return time(point, demand);
  }

  private Demand replay(PlannedPoint point) {
    return demands(recording, List.of(point.replayPoint()), progress).get(0);
  }

  /**
   * Simulates many points; a replay that several need is done once.
   *
   * @param finished hears of each point, one at a time, as soon as it is done
   */
  public void run(List<PlannedPoint> points, Consumer<SimulatedPoint> finished) {
    progress.start("simulating", "points", points.size());
    progress.each(tokens(), "tokens");
    for (DemandBatch batch : DemandBatch.of(points, recording)) {
      Progress replaying = new PointProgress(progress, batch.points());
      List<Demand> demands = demands(recording, batch.replayPoints(), replaying);
      batch.time(demands, threads, this::time, finished);
    }
  }

  /**
   * How much the speed of points depends on each number of their devices: over the first {@value
   * #SENSITIVITY_TOKENS} tokens of the trace, or all if there are fewer.
   *
   * @return for each point, in order, the rows of the numbers that matter
   */
  public List<SensitivityRow> sensitivities(List<PlannedPoint> points) {
    Recording first = firstTokens();
    Map<String, List<SensitivityRow>> byPoint = new HashMap<>();
    for (DemandBatch batch : DemandBatch.of(points, first)) {
      List<Demand> demands = demands(first, batch.replayPoints(), Progress.SILENT);
      batch.time(
          demands,
          threads,
          Sensitivity::of,
          rows -> rows.stream().findFirst().ifPresent(r -> byPoint.put(r.pointId(), rows)));
    }
    return points.stream()
        .map(point -> ConfigDigest.of(point.config()).pointId())
        .flatMap(id -> byPoint.getOrDefault(id, List.of()).stream())
        .toList();
  }

  /** Times a point whose demand is known, e.g. from a live run. */
  public SimulatedPoint time(PlannedPoint point, Demand demand) {
    return PointRows.point(point, demand, point.time(demand), trace);
  }
}
