package io.dipper.verifier.live;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.CacheIdentity;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.DemandIdentity;
import io.dipper.hwsim.replay.demand.ExpertBudget;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.setting.Adapters;
import io.dipper.progress.Progress;
import io.dipper.proto.AdapterSpec;
import io.dipper.proto.LiveRun;
import io.dipper.proto.LiveRunConfig;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.verifier.live.Estimate.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs points live on one set of tokens, or finds the runs that were finished before.
 *
 * <p>The dense side of the comparison is the sweep's trace where it begins with the same sequences,
 * else the dense run made here, captured as a trace would hold it.
 */
public final class LiveRunner implements AutoCloseable {
  private static final int FORMAT_VERSION = 2;

  private final DenseModel model;
  private final LiveCorpus corpus;
  private final TraceReader trace;
  private final Set<Site> sites;
  private final LiveRunStore store;
  private final Path folder;
  private final Progress progress;
  private final LiveRunConfig common;
  private @Nullable List<Block> denseBlocks;
  private @Nullable Recording denseRecording;
  private @Nullable RunCapture capture;
  private int passes;

  /**
   * @param sites that the masks of any point to be run are scored at
   * @param folder where finished runs are kept
   */
  public LiveRunner(
      DenseModel model,
      LiveCorpus corpus,
      TraceReader trace,
      Set<Site> sites,
      Path folder,
      Progress progress) {
    this.model = model;
    this.corpus = corpus;
    this.trace = trace;
    this.sites = sites;
    this.store = new LiveRunStore(folder);
    this.folder = folder;
    this.progress = progress;
    this.common =
        LiveRunConfig.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setModelSha256(shape().getSha256())
            .setTokensSha256(corpus.sha256())
            .setProtocol(corpus.protocol())
            .setTraceSha256(trace.sha256())
            .build();
  }

  public ModelShape shape() {
    return model.config().shape();
  }

  /** How many masked passes through the model were made here. */
  public int passes() {
    return passes;
  }

  /** The run of a point, if it was ever finished. */
  public Optional<LiveRun> find(LivePoint point) {
    return store.find(config(point));
  }

  /** What the run of a point depends on. */
  public LiveRunConfig config(LivePoint point) {
    DemandIdentity demand = point.replay().demand();
    CacheIdentity caches = demand.caches();
    LiveRunConfig.Builder config =
        common.toBuilder()
            .setPolicy(demand.policy())
            .setAdapterSha256(point.adapter().getSha256())
            .setCache(caches.cache())
            .addAllCacheColumns(caches.columns())
            .setSeed(caches.seed())
            .setCacheStart(caches.start());
    FetchRules fetch = demand.fetch().ofUnits();
    if (!fetch.afterPrompt(0).equals(FetchRules.plain(fetch.gapUnits().size()))) {
      config
          .getFetchBuilder()
          .setUnitOrder(fetch.places().order())
          .addAllGapUnits(fetch.gapUnits())
          .setSpeculation(fetch.speculation());
    }
    ExpertBudget experts = caches.experts();
    if (experts != null) {
      config
          .getExpertsBuilder()
          .setCacheBytes(experts.cacheBytes())
          .addAllExpertBytes(experts.expertBytes())
          .setPageBytes(((ExpertRules) demand.fetch()).pageBytes());
    }
    return config.build();
  }

  /**
   * Runs the points that were not run before. Points that share their masks take one pass through
   * the model together.
   *
   * @param afterPass told the points of each pass, whose runs are kept by then
   */
  public void require(List<LivePoint> points, Consumer<List<LivePoint>> afterPass) {
    Map<LiveRunConfig, LivePoint> missing = new LinkedHashMap<>();
    for (LivePoint point : points) {
      checkTokens(point.replay());
      if (find(point).isEmpty()) {
        missing.putIfAbsent(config(point), point);
      }
    }
    Map<LivePoint.Identity, List<LivePoint>> passes = new LinkedHashMap<>();
    for (LivePoint point : missing.values()) {
      passes.computeIfAbsent(point.identity(), identity -> new ArrayList<>()).add(point);
    }
    for (List<LivePoint> pass : passes.values()) {
      run(pass);
      afterPass.accept(pass);
    }
  }

  /** Masks that were recorded belong to their tokens, and so do counted uses of experts. */
  private void checkTokens(ReplayPoint point) {
    if (Experts.in(shape())
        && point.policy().has(Trait.LOOKS_AT_CACHE)
        && Caches.has(point.cache(), Trait.PINNED)) {
      throw new UserException(
          "cache "
              + point.cache().getPolicy()
              + " holds the experts that a trace uses most, and cannot be run live with policy "
              + point.policy().spec().getName()
              + ", which looks at it; leave such points out");
    }
    if (point.fetch().window() > 1) {
      throw new UserException(
          "a window of "
              + point.fetch().window()
              + " tokens is replayed, and a live run goes token by token; leave such points out");
    }
    if (Policies.has(point.policy().spec(), Trait.RECORDED) && !corpus.isBeginningOf(trace)) {
      throw new UserException(
          "policy "
              + point.policy().spec().getName()
              + " has masks for the tokens of the trace; verify it on those, not on another text");
    }
  }

  private void run(List<LivePoint> sharing) {
    List<ReplayPoint> points = sharing.stream().map(LivePoint::replay).toList();
    AdapterSpec adapter = sharing.get(0).adapter();
    Recording recording = denseRecording();
    List<Block> dense = denseBlocks();
    int threads = model.workers().threads();
    List<Demand> replays = new Replay(recording, threads, progress).run(points);
    String policy = points.get(0).policy().spec().getName();
    try (LivePass pass = pass(points, recording)) {
      model.use(Adapters.isNone(adapter) ? null : Adapters.read(adapter, shape()));
      Perplexity masked = pass.run(model, corpus, new RenamedProgress(progress, "live " + policy));
      boolean masks = !Policies.has(points.get(0).policy().spec(), Trait.DENSE);
      passes += masks || !Adapters.isNone(adapter) ? 1 : 0;
      List<Demand> lives = pass.demands(threads);
      double[] jaccard =
          IntStream.range(0, points.get(0).policy().groups().size())
              .mapToDouble(pass::jaccard)
              .toArray();
      for (int p = 0; p < points.size(); p++) {
        LiveRun.Builder run = LiveRun.newBuilder().setConfig(config(sharing.get(p)));
        run.addAllBlocks(LiveRuns.blocks(corpus, LiveRuns.blocks(masked), dense));
        for (int g = 0; g < jaccard.length; g++) {
          run.addGroups(LiveRuns.group(lives.get(p), replays.get(p), g, jaccard[g]));
        }
        store.put(run.build());
      }
    }
  }

  private LivePass pass(List<ReplayPoint> points, Recording dense) {
    return Experts.in(shape())
        ? new ExpertPass(points, shape(), dense, scratch("live"))
        : new MaskPass(points, shape(), dense, model.workers());
  }

  private Path scratch(String run) {
    return folder.resolve(run + ".scratch");
  }

  /** The dense run on the same tokens. */
  public List<Block> denseBlocks() {
    if (denseBlocks == null) {
      denseBlocks = store.find(common).map(LiveRuns::live).orElseGet(() -> runDense(MlpHook.NONE));
    }
    return denseBlocks;
  }

  /** The activations of the dense run, to replay masks on. */
  private Recording denseRecording() {
    if (denseRecording == null) {
      if (corpus.isBeginningOf(trace)) {
        denseRecording = RecordingPrefix.ofSequences(trace, corpus.windows().size());
      } else {
        capture = new RunCapture(shape(), corpus.lengths(), sites, scratch("dense"));
        denseBlocks = runDense(capture);
        denseRecording = capture;
      }
    }
    return denseRecording;
  }

  private List<Block> runDense(MlpHook hook) {
    model.use(null);
    Progress renamed = new RenamedProgress(progress, "live dense");
    List<Block> blocks = LiveRuns.blocks(model.evaluate(corpus.windows(), hook, renamed));
    store.put(
        LiveRun.newBuilder()
            .setConfig(common)
            .addAllBlocks(LiveRuns.blocks(corpus, blocks, blocks))
            .build());
    return blocks;
  }

  @Override
  public void close() {
    if (capture != null) {
      capture.close();
    }
  }
}
