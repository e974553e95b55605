package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.runtime.DenseModel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pass of the tokens through a model with experts, chosen by a policy. What the live routers said
 * is captured; the caches of all points follow it, as they follow a recording in a replay.
 */
final class ExpertPass implements LivePass {
  private final List<ReplayPoint> points;
  private final Recording dense;
  private final RunCapture live;
  private final RoutingHook hook;

  /**
   * @param points one policy, with the caches to play; where the policy looks at the cache, the
   *     same cache in all
   * @param dense the dense run over the same sequences, to compare choices with
   * @param scratch for what the routers say; removed when this is closed
   */
  ExpertPass(List<ReplayPoint> points, ModelShape shape, Recording dense, Path scratch) {
    this.points = List.copyOf(points);
    this.dense = dense;
    this.live = new RunCapture(shape, dense.sequenceLengths(), EnumSet.of(Site.ROUTER), scratch);
    this.hook = new RoutingHook(points.get(0), shape, live);
  }

  @Override
  public Perplexity run(DenseModel model, LiveCorpus corpus, Progress progress) {
    return RoutingHook.passesTokenByToken(points.get(0))
        ? TokenByToken.evaluate(model, corpus.windows(), hook, progress)
        : model.evaluate(corpus.windows(), hook, progress);
  }

  @Override
  public List<Demand> demands(int threads) {
    return new Replay(live, threads, Progress.SILENT).run(points);
  }

  /** Of the only group, how alike the experts of live tokens are to those of the replay. */
  @Override
  public double jaccard(int group) {
    return chosen(live).jaccard(chosen(dense));
  }

  private ChosenExperts chosen(Recording recording) {
    ReplayPoint point = points.get(0);
    ExpertRules rules = (ExpertRules) point.fetch();
    ExpertUnits units = rules.units();
    int[] lengths = recording.sequenceLengths();
    ChosenExperts chosen =
        new ChosenExperts(units.experts(), units.layerCount(), IntStream.of(lengths).sum());
    new ExpertReplay(recording, rules.steps(lengths), units, Progress.SILENT)
        .run(rules.point(point), chosen);
    return chosen;
  }

  @Override
  public void close() {
    live.close();
  }
}
