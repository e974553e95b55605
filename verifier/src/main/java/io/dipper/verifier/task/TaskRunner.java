package io.dipper.verifier.task;

import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.progress.Progress;
import io.dipper.tracegen.corpus.Continuations;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.tracegen.runtime.DenseModel;
import io.dipper.tracegen.runtime.MlpHook;
import io.dipper.verifier.live.MaskingHook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks the items of a task, many at a time. */
public final class TaskRunner {
  /** Tokens that pass a layer before the next one is decoded. */
  private static final int BATCH_TOKENS = 8192;

  private final DenseModel model;
  private final Task task;
  private final Progress progress;

  public TaskRunner(DenseModel model, Task task, Progress progress) {
    this.model = model;
    this.task = task;
    this.progress = progress;
  }

  /** Asks them of the model as it is. */
  public TaskScores dense() {
    return TaskScores.of(task.items(), logLikelihoods("dense", batch -> MlpHook.NONE));
  }

  /**
   * Asks them under masks.
   *
   * @param promptMasked whether contexts are masked too
   */
  public TaskScores masked(ReplayPoint point, boolean promptMasked) {
    String name = point.policy().spec().getName();
    return TaskScores.of(
        task.items(), logLikelihoods(name, batch -> hook(point, batch, promptMasked)));
  }

  MlpHook hook(ReplayPoint point, List<Continuations> batch, boolean promptMasked) {
    MaskingHook masks =
        new MaskingHook(
            List.of(point),
            model.config().shape(),
            PromptMasks.lengths(batch),
            null,
            model.workers());
    return new PromptMasks(masks, model.config().shape(), batch, promptMasked);
  }

  /** The log-likelihood of each choice of each item. */
  List<double[]> logLikelihoods(String name, Function<List<Continuations>, MlpHook> hooks) {
    progress.start("task " + name, "tokens", task.passed());
    List<Double> all = new ArrayList<>();
    List<Continuations> items = task.tokens().stream().flatMap(List::stream).toList();
    for (int first = 0; first < items.size(); ) {
      int end = batchEnd(items, first);
      List<Continuations> batch = items.subList(first, end);
      Perplexity run = model.score(batch, hooks.apply(batch));
      for (int b = 0; b < run.blocks(); b++) {
        all.add(-run.blockSum(b));
      }
      progress.advance(batch.stream().mapToInt(Continuations::passed).sum());
      first = end;
    }
    return byItem(all);
  }

  private static int batchEnd(List<Continuations> items, int first) {
    int end = first;
    int tokens = 0;
    do {
      tokens += items.get(end++).passed();
    } while (end < items.size() && tokens + items.get(end).passed() <= BATCH_TOKENS);
    return end;
  }

  private List<double[]> byItem(List<Double> all) {
    List<double[]> byItem = new ArrayList<>();
    int from = 0;
    for (TaskItem item : task.items()) {
      int end = from + item.choices().size();
      byItem.add(all.subList(from, end).stream().mapToDouble(Double::doubleValue).toArray());
      from = end;
    }
    return byItem;
  }
}
