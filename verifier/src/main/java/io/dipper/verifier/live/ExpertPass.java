package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.demand.Replay;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.expert.ChoiceListener;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.runtime.DenseModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A pass of the tokens through a model with experts, chosen by a policy. What the live routers said
 * is captured, with what masks inside experts selected; the caches of all points follow it, as they
 * follow a recording in a replay.
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
    this.live = new RunCapture(shape, dense.sequenceLengths(), sites(points.get(0)), scratch);
    this.hook = new RoutingHook(points.get(0), shape, live);
  }

  /** What the choices of a point depend on, inside experts too. */
  private static Set<Site> sites(ReplayPoint point) {
    return point.policy().groups().stream()
        .map(group -> group.scored().site())
        .collect(Collectors.toSet());
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

  /** How alike the experts of live tokens are to those of the replay, or the units inside them. */
  @Override
  public double jaccard(int group) {
    return group == 0
        ? experts(live).jaccard(experts(dense))
        : columns(live).jaccard(columns(dense));
  }

  private ChosenExperts experts(Recording recording) {
    ExpertUnits units = rules().units();
    ChosenExperts chosen =
        new ChosenExperts(units.experts(), units.layerCount(), tokens(recording));
    replay(recording, chosen);
    return chosen;
  }

  private ChosenColumns columns(Recording recording) {
    ExpertUnits units = rules().units();
    int perToken = recording.model().getExpertsPerToken();
    ChosenColumns chosen =
        new ChosenColumns(perToken, units.columns(), units.layerCount(), tokens(recording));
    replay(recording, chosen);
    return chosen;
  }

  private void replay(Recording recording, ChoiceListener listener) {
    Steps steps = rules().steps(recording.sequenceLengths());
    new ExpertReplay(recording, steps, rules().units(), Progress.SILENT)
        .run(rules().point(points.get(0)), listener);
  }

  private ExpertRules rules() {
    return (ExpertRules) points.get(0).fetch();
  }

  private static int tokens(Recording recording) {
    return IntStream.of(recording.sequenceLengths()).sum();
  }

  @Override
  public void close() {
    live.close();
  }
}
