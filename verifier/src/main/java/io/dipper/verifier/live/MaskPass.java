package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.trace.Recording;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.Workers;
import java.util.List;
import java.util.stream.IntStream;

/** A pass of the tokens through a model whose units a policy masks. */
final class MaskPass implements LivePass {
  private final MaskingHook hook;
  private final int points;

  /**
   * @param points with the same masks
   * @param dense the dense run over the same sequences, to compare masks with
   */
  MaskPass(List<ReplayPoint> points, ModelShape shape, Recording dense, Workers workers) {
    this.hook = new MaskingHook(points, shape, dense.sequenceLengths(), dense, workers);
    this.points = points.size();
  }

  @Override
  public Perplexity run(DenseModel model, LiveCorpus corpus, Progress progress) {
    return model.evaluate(corpus.windows(), hook, progress);
  }

  @Override
  public List<Demand> demands(int threads) {
    return IntStream.range(0, points).mapToObj(hook::demand).toList();
  }

  @Override
  public double jaccard(int group) {
    return hook.jaccard(group);
  }

  @Override
  public void close() {}
}
