package io.dipper.hwsim.time.memory;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.Dram;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import java.util.Set;

/**
 * How much DRAM a pipeline sets aside for what it reads ahead: {@code dram.prefetch_buffer}, or
 * where a profile has none, what the two largest streamed steps of a layer pass through it. Two,
 * because one step's bytes are in use while the next one's arrive. Without a pipeline, or where the
 * operating system reads, nothing is read ahead, and without a stream there is nothing to.
 *
 * <p>Of a full mask, what stays in its cache needs no buffer: with a share f of its matrices
 * missing, a step of g bytes passes f g. The buffer takes its room from the caches, so that with M
 * masked bytes and D left for caches and buffer, {@code f = 1 - (D - 2 f g) / M}.
 */
final class ReadAheadBuffer {
  private static final int STEPS = 2;

  private final PointConfig config;
  private final MaskPolicy policy;
  private final ModelBytes bytes;
  private final boolean piped;
  private final double fullStep;

  /**
   * @param config the point, with that on which its reads depend
   */
  ReadAheadBuffer(PointConfig config, MaskPolicy policy, ModelBytes bytes) {
    this.config = config;
    this.policy = policy;
    this.bytes = bytes;
    this.piped =
        !Caches.has(config.getCache(), Trait.PAGED)
            && config.getHardware().getOverlap() == Overlap.PIPELINE;
    this.fullStep = piped ? fullStep() : 0;
  }

  private double fullStep() {
    double largest = 0;
    for (UnitGroup group : policy.groups()) {
      if (FullMasks.isFull(policy, group, config.getModel())) {
        largest = Math.max(largest, bytes.matrices(group.covers()));
      }
    }
    return largest;
  }

  /** What a profile asks for: 0 where nothing is read ahead, NaN where it does not say. */
  double given() {
    Dram dram = config.getHardware().getDram();
    if (!piped) {
      return 0;
    }
    return dram.hasPrefetchBuffer() ? dram.getPrefetchBuffer().getValue() : Double.NaN;
  }

  /**
   * The default where static weights fit.
   *
   * @param left for caches and the buffer
   */
  double besideCaches(double left) {
    double masked = bytes.maskedMlp(policy.groups()) * layers();
    if (fullStep == 0 || left >= masked) {
      return 0;
    }
    double passing = masked - STEPS * fullStep;
    if (passing <= 0) {
      return left / 2;
    }
    double missing = Math.min(1, (masked - left) / passing);
    double units = policy.groups().stream().mapToDouble(this::bundle).max().orElse(0);
    return Math.min(left, STEPS * (missing * fullStep + 2 * units));
  }

  /** The default beside caches of a given size. */
  double besideColumns(int[] columns) {
    double largest = 0;
    for (int g = 0; g < columns.length && fullStep > 0; g++) {
      UnitGroup group = policy.groups().get(g);
      int units = group.units();
      largest = Math.max(largest, (units - columns[g]) * bundle(group));
    }
    return STEPS * largest;
  }

  /**
   * The default where static weights do not fit, and there are no caches: the more is set aside,
   * the more of them streams.
   *
   * @param budget all of the DRAM
   * @param missing the static bytes beyond it
   */
  double besideStreams(double budget, double missing) {
    if (!piped) {
      return 0;
    }
    KvSpan span = KvSpan.of(config);
    double kv = bytes.kvCache(span);
    double all =
        bytes.attention()
            + bytes.head()
            + kv
            + bytes.denseMlp(policy)
            + bytes.predictors(policy)
            + bytes.adapter().all();
    double share =
        Math.max((bytes.attention() + bytes.longestKvCache(span)) / layers(), denseStep()) / all;
    double forMasks = STEPS * fullStep;
    if (STEPS * share * (missing + forMasks) <= forMasks) {
      return Math.min(budget, forMasks);
    }
    double staying = 1 - STEPS * share;
    return staying <= 0 ? budget / 2 : Math.min(budget, missing / staying - missing);
  }

  private double denseStep() {
    Set<Matrix> first = ModelBytes.uncovered(policy.groups());
    boolean down = first.remove(Matrix.DOWN);
    return Math.max(bytes.matrices(first), down ? bytes.matrix() : 0);
  }

  private double bundle(UnitGroup group) {
    return group.bytesPerUnit(bytes.bits());
  }

  private int layers() {
    return config.getModel().getLayers();
  }
}
