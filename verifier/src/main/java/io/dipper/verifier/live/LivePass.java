package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.progress.Progress;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.runtime.DenseModel;
import java.util.List;

/** A pass of the tokens through the model, for points that share their masks. */
interface LivePass extends AutoCloseable {
  /** Makes it. */
  Perplexity run(DenseModel model, LiveCorpus corpus, Progress progress);

  /** What was selected and hit with the cache of each point. */
  List<Demand> demands(int threads);

  /**
   * The mean Jaccard similarity of a group's masks with those of the replay, over layers and
   * tokens.
   */
  double jaccard(int group);

  @Override
  void close();
}
