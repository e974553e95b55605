package io.dipper.hwsim.time.memory;

import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.proto.Flash;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PageCache;
import io.dipper.proto.PointConfig;
import io.dipper.proto.WeightBits;
import io.dipper.trace.RoutedLayers;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the parts of a model weigh, in bytes, as fractions where bits do not fill them. Norms,
 * biases, scales and indices are not counted; {@code p} is bits / 8 and {@code g} the number of KV
 * heads per head.
 *
 * @param shape the model's shape, as its accounting knows it
 * @param bits per weight, none absent
 * @param attentionWidth the width of the query: heads times head dimension, H where none is known
 * @param windowed whether windows of attention bound the KV cache
 * @param adapter beside the model's matrices
 */
public record ModelBytes(
    ModelShape shape,
    WeightBits bits,
    double attentionWidth,
    boolean windowed,
    AdapterBytes adapter) {
  /** The bytes of a point's model, by the formulas of its accounting. */
  public static ModelBytes of(PointConfig config) {
    ModelShape shape = AccountingRules.of(config).model(config.getModel());
    return new ModelBytes(
        shape,
        DefaultBits.resolve(config),
        shape.getHeadDim() == 0
            ? shape.getHiddenSize()
            : (double) shape.getHeads() * shape.getHeadDim(),
        shape.getSlidingWindow() > 0,
        new AdapterBytes(config.getAdapter()));
  }

  /** The output head: {@code p H V}. */
  public double head() {
    return bits.getHead() / 8 * shape.getHiddenSize() * shape.getVocabularySize();
  }

  /** The input embedding: {@code p H V}. It is looked up, not read, and so in no sum below. */
  public double embedding() {
    return bits.getEmbedding() / 8 * shape.getHiddenSize() * shape.getVocabularySize();
  }

  /** All MLP matrices: {@code 3 p H I L}; of a model with experts, its experts. */
  public double mlp() {
    if (Experts.in(shape)) {
      return ExpertUnits.of(shape, ExpertSlices.of(shape, bits)).allBytes();
    }
    return matrices(EnumSet.allOf(Matrix.class)) * shape.getLayers();
  }

  /** One MLP matrix of one layer: {@code p H I}, whichever it is. */
  public double matrix() {
    return bits.getMlp() / 8 * shape.getHiddenSize() * shape.getIntermediateSize();
  }

  /** Some MLP matrices of one layer. */
  public double matrices(Set<Matrix> some) {
    return some.size() * matrix();
  }

  /** The MLP matrices that no mask of a policy covers, of all layers. */
  public double denseMlp(MaskPolicy policy) {
    return matrices(uncovered(policy.groups())) * shape.getLayers();
  }

  /**
   * The weights that compute the scores of a policy's masks and are not the model's, of all layers.
   */
  public double predictors(MaskPolicy policy) {
    double sum = 0;
    for (UnitGroup group : policy.groups()) {
      sum += group.scoreWeights().bytes() * shape.getLayers();
    }
    return sum;
  }

  /** The MLP matrices that masks cover, of one layer. */
  public double maskedMlp(List<UnitGroup> groups) {
    return matrices(covered(groups));
  }

  /** The matrices of a block that masks cover. */
  public static Set<Matrix> covered(List<UnitGroup> groups) {
    Set<Matrix> covered = EnumSet.noneOf(Matrix.class);
    groups.forEach(group -> covered.addAll(group.covers()));
    return covered;
  }

  /** The matrices of a block that no mask covers. */
  public static Set<Matrix> uncovered(List<UnitGroup> groups) {
    Set<Matrix> uncovered = EnumSet.allOf(Matrix.class);
    groups.forEach(group -> uncovered.removeAll(group.covers()));
    return uncovered;
  }

  /**
   * Attention of all layers: {@code p H² (2 + 2g) L}; of a model with experts all that every token
   * reads of its layers.
   */
  public double attention() {
    if (!Experts.in(shape)) {
      return attention(0) * shape.getLayers();
    }
    double sum = 0;
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      sum += attention(layer);
    }
    return sum;
  }

  /** That of one layer: where a file says so, with its norms, its router and its dense MLP. */
  public double attention(int layer) {
    if (shape.getStorageCount() > 0) {
      return shape.getStorage(layer).getDenseBytes();
    }
    boolean denseBeside = Experts.in(shape) && !RoutedLayers.isRouted(shape, layer);
    double dense = denseBeside ? matrices(EnumSet.allOf(Matrix.class)) : 0;
    return dense
        + bits.getAttention()
            / 8
            * shape.getHiddenSize()
            * attentionWidth
            * (2 + 2 * groupedHeads());
  }

  /**
   * Keys and values of a number of tokens: {@code 2 p T H L g}, in a layer with a window w those of
   * the last {@code min(T, w)}.
   */
  public double kvCache(double tokens) {
    int windows = windowedLayers();
    return kvCache(tokens, shape.getLayers() - windows)
        + kvCache(Math.min(tokens, shape.getSlidingWindow()), windows);
  }

  /** What a token reads of the KV cache, the mean over a sequence. */
  public double kvCache(KvSpan span) {
    int windows = windowedLayers();
    return kvCache(span.mean(), shape.getLayers() - windows)
        + kvCache(span.mean(shape.getSlidingWindow()), windows);
  }

  /**
   * What a token would read of the KV cache if every layer read as much as the one that reads most.
   */
  double longestKvCache(KvSpan span) {
    int layers = shape.getLayers();
    boolean allShort = windowedLayers() == layers;
    return kvCache(allShort ? span.mean(shape.getSlidingWindow()) : span.mean(), layers);
  }

  /** Keys and values of one token in one layer. */
  public double kvPosition() {
    return kvCache(1, shape.getLayers()) / shape.getLayers();
  }

  /** The most positions that a layer keeps and attends to; infinite without a window. */
  public double window(int layer) {
    boolean has = windowed && (shape.getWindowedCount() == 0 || shape.getWindowed(layer));
    return has ? shape.getSlidingWindow() : Double.POSITIVE_INFINITY;
  }

  private double kvCache(double positions, int layers) {
    return bits.getKvCache() / 8 * positions * attentionWidth * 2 * layers * groupedHeads();
  }

  private int windowedLayers() {
    int count = 0;
    for (int layer = 0; windowed && layer < shape.getLayers(); layer++) {
      count += Double.isFinite(window(layer)) ? 1 : 0;
    }
    return count;
  }

  /** Head, MLP, attention and the KV cache of a number of tokens. */
  public double total(double tokens) {
    return head() + mlp() + attention() + kvCache(tokens);
  }

  /**
   * What is read whole for every token: attention, head, KV cache, dense MLP matrices, predictors
   * and adapters.
   */
  public double fixed(MaskPolicy policy, double tokens) {
    return attention()
        + head()
        + kvCache(tokens)
        + denseMlp(policy)
        + predictors(policy)
        + adapter.all();
  }

  /** The size of a page of memory, 4 KiB where a profile does not say. */
  public static int pageBytes(PageCache cache) {
    return cache.hasPageSize() ? (int) cache.getPageSize().getValue() : 4096;
  }

  /** The size of a page that a Flash reads, 4 KiB where a profile does not say. */
  public static long pageBytes(Flash flash) {
    return flash.hasPageSize() ? (long) flash.getPageSize().getValue() : 4096;
  }

  private double groupedHeads() {
    return shape.getHeads() == 0 ? 0 : (double) shape.getKvHeads() / shape.getHeads();
  }
}
