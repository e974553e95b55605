package io.dipper.verifier.task;

import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import io.dipper.tracegen.corpus.Continuations;
import io.dipper.tracegen.runtime.MlpHook;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Masks at work where a context passes once for all its continuations, as {@code DenseModel.score}
 * runs them. The masks see each continuation as a sequence of its own, with the context before it,
 * so that whatever they carry from token to token begins with the context. What they change of the
 * context is not used there; the context itself is dense, or masked as one more sequence.
 */
final class PromptMasks implements MlpHook {
  private final MlpHook masks;
  private final ModelShape shape;
  private final boolean promptMasked;
  private final int[] contexts;
  private final boolean[] isContext;
  private final Map<Site, float[]> seen = new EnumMap<>(Site.class);

  /**
   * @param masks see all sequences, of the lengths that the items tell
   * @param promptMasked whether they are applied to contexts too
   */
  PromptMasks(MlpHook masks, ModelShape shape, List<Continuations> items, boolean promptMasked) {
    this.masks = masks;
    this.shape = shape;
    this.promptMasked = promptMasked;
    int sequences = items.stream().mapToInt(item -> 1 + item.texts().size()).sum();
    this.contexts = new int[sequences];
    this.isContext = new boolean[sequences];
    int sequence = 0;
    for (Continuations item : items) {
      isContext[sequence] = true;
      int end = sequence + 1 + item.texts().size();
      Arrays.fill(contexts, sequence, end, item.context().length);
      sequence = end;
    }
  }

  /** The lengths of the sequences that masks see. */
  static int[] lengths(List<Continuations> items) {
    return items.stream().flatMapToInt(item -> IntStream.of(item.sequenceLengths())).toArray();
  }

  @Override
  public void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {
    int width = site.width(shape);
    int context = contexts[sequence];
    if (isContext[sequence]) {
      float[] kept = seen.get(site);
      if (kept == null || kept.length < context * width) {
        kept = new float[context * width];
        seen.put(site, kept);
      }
      System.arraycopy(values, 0, kept, firstPosition * width, rows * width);
      if (promptMasked) {
        masks.at(site, layer, sequence, firstPosition, rows, values);
      }
    } else if (firstPosition > context) {
      masks.at(site, layer, sequence, firstPosition, rows, values);
    } else {
      float[] whole =
          Arrays.copyOf(Objects.requireNonNull(seen.get(site)), (context + rows) * width);
      System.arraycopy(values, 0, whole, context * width, rows * width);
      masks.at(site, layer, sequence, 0, context + rows, whole);
      System.arraycopy(whole, context * width, values, 0, rows * width);
    }
  }

  @Override
  public boolean sees(Site site) {
    return masks.sees(site);
  }
}
