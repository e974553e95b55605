package io.dipper.tracegen.learn;

import io.dipper.error.UserException;
import io.dipper.parallel.TaskPool;
import io.dipper.predictor.Predictor;
import io.dipper.predictor.Predictor.Look;
import io.dipper.progress.Progress;
import io.dipper.trace.Site;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.runtime.Nd4jBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trains a predictor from a trace: a map for each layer, each fitted apart, so that layers train at
 * once and a layer that is finished is kept.
 *
 * <p>The loss is binary cross-entropy with logits against the k largest units of the target site.
 */
public final class PredictorTrainer {
  /** Resident weights are taken to have so many bits, whatever they were trained in. */
  private static final double RESIDENT_BITS = 16;

  private final PredictorForm form;
  private final Descent descent;

  public PredictorTrainer(PredictorForm form, Descent descent) {
    this.form = form;
    this.descent = descent;
  }

  /** A predictor, and its loss and recall on held-out tokens, layer by layer. */
  public record Trained(Predictor predictor, List<FittedMap> layers, int heldOutTokens) {
    /** The mean recall over layers. */
    public double recall() {
      return layers.stream().mapToDouble(FittedMap::recall).average().orElse(Double.NaN);
    }

    /** The mean loss over layers. */
    public double loss() {
      return layers.stream().mapToDouble(FittedMap::loss).average().orElse(Double.NaN);
    }
  }

  /**
   * Trains all layers that are not kept from before.
   *
   * @param kept where finished layers lie; new ones are added to it
   * @param threads that train layers; the result does not depend on it
   * @throws UserException if the trace lacks a site, or has too few tokens to hold some out
   */
  public Trained train(TraceReader trace, FinishedLayers kept, int threads, Progress progress) {
    check(trace);
    Nd4jBackend.start();
    int trained = trainedTokens(trace.sequenceLengths());
    int layers = trace.model().getLayers();
    FittedMap[] maps = new FittedMap[layers];
    Arrays.setAll(maps, kept::find);
    progress.start("training predictor", "layers", layers);
    progress.advance(Arrays.stream(maps).filter(map -> map != null).count());
    List<Supplier<Integer>> tasks = new ArrayList<>();
    IntStream.range(0, layers)
        .filter(layer -> maps[layer] == null)
        .forEach(layer -> tasks.add(() -> fit(trace, trained, layer, maps, kept)));
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(tasks, layer -> progress.advance(1));
    }
    Look look = new Look(form.layersBack(), form.target(), form.keep(), trace.model().getSha256());
    List<FittedMap> fitted = List.of(maps);
    Predictor predictor =
        new Predictor(fitted.stream().map(FittedMap::map).toList(), look, RESIDENT_BITS);
    return new Trained(predictor, fitted, trace.tokens() - trained);
  }

  private int fit(
      TraceReader trace, int trained, int layer, FittedMap[] maps, FinishedLayers kept) {
    LayerExamples examples = new LayerExamples(trace, form, layer);
    FittedMap map = new MapTrainer(form, descent, examples, trained, layer).fit();
    kept.add(layer, map);
    maps[layer] = map;
    return layer;
  }

  /** Whole sequences are held out, from the end; of a single sequence its last tokens. */
  private int trainedTokens(int[] lengths) {
    int total = IntStream.of(lengths).sum();
    double wanted = Math.max(1, descent.heldOut() * total);
    int held = 0;
    for (int s = lengths.length - 1; s > 0 && held < wanted; s--) {
      held += lengths[s];
    }
    return total - (held == 0 ? (int) Math.ceil(wanted) : held);
  }

  private void check(TraceReader trace) {
    for (Site site : List.of(Site.X, form.target())) {
      trace.column(0, site);
    }
    if (trainedTokens(trace.sequenceLengths()) < 1) {
      throw new UserException(
          "the trace has "
              + trace.tokens()
              + " tokens, too few to train on some and hold others out");
    }
    int largest = Math.min(trace.model().getHiddenSize(), trace.model().getIntermediateSize());
    if (form.rank() > largest) {
      throw new UserException(
          "rank "
              + form.rank()
              + " is more than the "
              + largest
              + " inputs or units of a layer of "
              + trace.model().getName()
              + ": such a predictor is larger than what it saves");
    }
  }
}
