package io.dipper.tracegen.learn;

import io.dipper.adapter.AdaptedMatrix;
import io.dipper.adapter.Adapter;
import io.dipper.adapter.AdapterTarget;
import io.dipper.predictor.LowRankMap;
import io.dipper.progress.Progress;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.learn.AdapterCheckpoint.Progressed;
import io.dipper.tracegen.runtime.FrozenMatrices;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.tracegen.runtime.Nd4jBackend;
import io.dipper.tracegen.runtime.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains an adapter while masks prune the model, so that it regains what they lose. Masks are
 * chosen anew in every forward pass, by a hook as in a live run. The state with the least loss on
 * held-out blocks is kept, the untrained one among them; where none are held out, the last one.
 */
public final class AdapterTrainer {
  private static final int PATIENCE = 3;
  private static final int SAVED_BY_HIDDEN = 6;
  private static final int SAVED_BY_INTERMEDIATE = 7;

  private final AdapterForm form;
  private final AdapterDescent descent;
  private final AdapterCheckpoint checkpoint;

  public AdapterTrainer(AdapterForm form, AdapterDescent descent, AdapterCheckpoint checkpoint) {
    this.form = form;
    this.descent = descent;
    this.checkpoint = checkpoint;
  }

  /**
   * The text.
   *
   * @param trained blocks, all of one length
   * @param held those that are held out; none where the last state is to be kept
   */
  public record Blocks(List<int[]> trained, List<int[]> held) {}

  /**
   * What came out.
   *
   * @param untrainedLoss on held-out blocks, without the adapter; NaN where there are none
   * @param loss on them, with it; where there are none, the mean over the last steps
   * @param steps that were taken
   */
  public record Trained(Adapter adapter, double untrainedLoss, double loss, int steps) {}

  /**
   * The bytes that training takes beside the JVM: weights in fp32, what a block's pass saves, what
   * tasks hold of logits, and the dense model's output of blocks.
   *
   * @param tokens of a block
   * @param blocks of the text
   */
  public static long bytes(ModelShape shape, int tokens, int blocks, int threads) {
    long hidden = shape.getHiddenSize();
    long heads = (long) shape.getHeads() * shape.getHeadDim();
    long keys = (long) shape.getKvHeads() * shape.getHeadDim();
    long layer = hidden * (2 * heads + 2 * keys) + 3 * hidden * (long) shape.getIntermediateSize();
    long saved =
        SAVED_BY_HIDDEN * hidden
            + 2 * (heads + keys)
            + (long) shape.getHeads() * tokens
            + SAVED_BY_INTERMEDIATE * (long) shape.getIntermediateSize();
    long logits = (long) threads * HeadLoss.MATRICES * HeadLoss.ROWS * shape.getVocabularySize();
    long dense = Math.min(DenseStates.ROOM / Float.BYTES, hidden * tokens * (long) blocks);
    long vocabulary = hidden * shape.getVocabularySize();
    return Float.BYTES
        * (shape.getLayers() * (layer + tokens * saved) + logits + dense + vocabulary);
  }

  /**
   * Trains, from a checkpoint where there is one.
   *
   * @param hook chooses the masks of a block, as sequence 0 of a run
   * @param threads that compute; the result does not depend on it
   * @throws io.dipper.error.UserException if the model is of a kind that gradients are not known of
   */
  public Trained train(
      ModelFile file, Blocks blocks, MlpHook hook, int threads, Progress progress) {
    Nd4jBackend.start();
    try (Workers workers = new Workers(threads)) {
      int tokens = blocks.trained().get(0).length;
      DecoderGradient decoder =
          new DecoderGradient(new FrozenMatrices(file), form, tokens, DataType.FLOAT, workers);
      Run run = new Run(decoder, blocks, hook, progress);
      run.all();
      run.dense.close();
      return new Trained(
          new Adapter(run.matrices(), file.sha256(), ""),
          run.at.untrainedLoss(),
          run.at.bestLoss(),
          run.at.step());
    }
  }

  /** One training under way. */
  private final class Run {
    private final DecoderGradient decoder;
    private final Blocks blocks;
    private final DenseStates dense;
    private final MlpHook hook;
    private final Progress progress;
    private final Map<DecoderGradient.Key, Best> best = new LinkedHashMap<>();
    private Progressed at;
    private double stepLosses;
    private int stepsSinceLook;

    Run(DecoderGradient decoder, Blocks blocks, MlpHook hook, Progress progress) {
      this.decoder = decoder;
      this.dense = new DenseStates(decoder);
      this.blocks = blocks;
      this.hook = hook;
      this.progress = progress;
      decoder
          .maps()
          .forEach(
              (key, map) -> best.put(key, new Best(map.inner().dup('c'), map.outer().dup('c'))));
      this.at = begin();
    }

    private record Best(INDArray inner, INDArray outer) {}

    private Progressed begin() {
      if (checkpoint.exists()) {
        Progressed known = checkpoint.read(state());
        decoder
            .maps()
            .values()
            .forEach(
                map -> {
                  map.innerSteps().resume(known.step());
                  map.outerSteps().resume(known.step());
                });
        return known;
      }
      double untrained = heldLoss();
      return new Progressed(0, 0, untrained, untrained);
    }

    void all() {
      announce();
      while (at.step() < descent.steps() && at.waited() < PATIENCE) {
        int step = at.step();
        int[] block = blocks.trained().get(step % blocks.trained().size());
        stepLosses += gradient(block);
        stepsSinceLook++;
        double rate = descent.learningRate(step);
        decoder.maps().values().forEach(map -> map.step(rate));
        at = new Progressed(step + 1, at.waited(), at.bestLoss(), at.untrainedLoss());
        progress.advance(1);
        if (at.step() % descent.checkEvery() == 0 || at.step() == descent.steps()) {
          look();
          announce();
        }
      }
    }

    private void look() {
      boolean judged = !blocks.held().isEmpty();
      double loss = judged ? heldLoss() : stepLosses / stepsSinceLook;
      boolean better = !judged || loss < at.bestLoss();
      stepLosses = 0;
      stepsSinceLook = 0;
      if (better) {
        best.forEach(
            (key, kept) -> {
              TrainedMap map = Objects.requireNonNull(decoder.maps().get(key));
              kept.inner().assign(map.inner());
              kept.outer().assign(map.outer());
            });
      }
      at =
          new Progressed(
              at.step(),
              better ? 0 : at.waited() + 1,
              better ? loss : at.bestLoss(),
              at.untrainedLoss());
      checkpoint.write(at, state());
    }

    private double gradient(int[] block) {
      return descent.toDense()
          ? dense.use(block, output -> decoder.gradient(block, hook, output))
          : decoder.gradient(block, hook, null);
    }

    private double loss(int[] block) {
      return descent.toDense()
          ? dense.use(block, output -> decoder.loss(block, hook, output))
          : decoder.loss(block, hook, null);
    }

    /** The mean loss of held-out blocks; NaN where there are none. */
    private double heldLoss() {
      double sum = 0;
      for (int[] block : blocks.held()) {
        sum += loss(block);
      }
      return sum / blocks.held().size();
    }

    private void announce() {
      progress.start("training adapter" + standing(), "steps", descent.steps() - at.step());
    }

    private String standing() {
      if (!blocks.held().isEmpty()) {
        return String.format(
            Locale.ROOT,
            ", held-out loss %.4f of %.4f untrained",
            at.bestLoss(),
            at.untrainedLoss());
      }
      boolean looked = !Double.isNaN(at.bestLoss());
      return looked ? String.format(Locale.ROOT, ", loss %.4f", at.bestLoss()) : "";
    }

    /** All that the rest of a training depends on, by name. */
    private Map<String, INDArray> state() {
      Map<String, INDArray> state = new LinkedHashMap<>();
      decoder
          .maps()
          .forEach(
              (key, map) -> {
                String name = key.layer() + "." + key.target().id() + ".";
                Best kept = Objects.requireNonNull(best.get(key));
                state.put(name + "inner", map.inner());
                state.put(name + "outer", map.outer());
                state.put(name + "inner.first", map.innerSteps().first());
                state.put(name + "inner.second", map.innerSteps().second());
                state.put(name + "outer.first", map.outerSteps().first());
                state.put(name + "outer.second", map.outerSteps().second());
                state.put(name + "best.inner", kept.inner());
                state.put(name + "best.outer", kept.outer());
              });
      return state;
    }

    List<AdaptedMatrix> matrices() {
      List<AdaptedMatrix> matrices = new ArrayList<>();
      best.forEach((key, kept) -> matrices.add(matrix(key.layer(), key.target(), kept)));
      return matrices;
    }

    private AdaptedMatrix matrix(int layer, AdapterTarget target, Best kept) {
      LowRankMap map =
          new LowRankMap(
              kept.inner().rows(),
              form.rank(),
              kept.outer().columns(),
              kept.inner().dup('c').data().asFloat(),
              kept.outer().dup('c').data().asFloat(),
              false);
      return new AdaptedMatrix(layer, target, map, 1);
    }
  }
}
