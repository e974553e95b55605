package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Delivery;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Reading;
import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.ScoreWeights;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.Contention;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.AdaptedPart;
import io.dipper.proto.AdapterLayer;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Lays out the steps of a token: attention, the dense up and gate matrices, the policy's groups in
 * order, a dense down matrix; after the last layer the head.
 *
 * <p>Static weights that do not fit are spread over all static steps in proportion to their bytes,
 * the KV cache at its average length.
 */
final class TokenPlanner {
  /** Query, key, value and output projections, and the attention itself. */
  private static final int ATTENTION_KERNELS = 5;

  /** The products with the two matrices of a predictor or an adapter. */
  private static final int LOW_RANK_KERNELS = 2;

  private final PointConfig config;
  private final ModelShape shape;
  private final MemoryPlan plan;
  private final Demand demand;
  private final Layout layout;
  private final ModelBytes bytes;
  private final Reading reading;
  private final boolean[] full;

  private TokenPlanner(Workload work) {
    this.config = work.config();
    this.shape = config.getModel();
    this.plan = work.plan();
    this.demand = work.demand();
    this.layout = Layouts.of(config.getLayout());
    this.bytes = work.bytes();
    this.reading = demand.reading();
    this.full = new boolean[demand.groups().size()];
    for (int group = 0; group < full.length; group++) {
      full[group] = isFull(group, demand.groups().get(group).units());
    }
  }

  /** The steps of a token of a workload. */
  static TokenPlan plan(Workload work) {
    return new TokenPlanner(work).plan();
  }

  private TokenPlan plan() {
    List<List<Step>> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.getLayers(); layer++) {
      AdapterLayer adapters = bytes.adapter().layer(layer);
      List<Step> steps = new ArrayList<>();
      steps.add(attention(layer));
      addAdapter(steps, adapters.getAttention());
      addAdapter(steps, adapters.getUpGate());
      steps.addAll(mlp(layer));
      addAdapter(steps, adapters.getDown());
      layers.add(steps);
    }
    return streaming(new TokenPlan(layers, head()));
  }

  /** The steps of a layer beside attention. */
  private List<Step> mlp(int index) {
    List<Step> layer = new ArrayList<>();
    Set<Matrix> first = ModelBytes.uncovered(demand.groups());
    boolean down = first.remove(Matrix.DOWN);
    addDense(layer, first);
    for (int group = 0; group < demand.groups().size(); group++) {
      addPredictor(layer, demand.groups().get(group).scoreWeights());
      layer.add(masked(group, index));
    }
    addDense(layer, down ? Set.of(Matrix.DOWN) : Set.of());
    return layer;
  }

  private Step attention(int layer) {
    return Step.fixed(
        StepKind.ATTENTION,
        rows(bytes.attention(layer), bytes.bits().getAttention()),
        new KvCosts(
            bytes.kvPosition(),
            bytes.bits().getKvCache(),
            4.0 * bytes.attentionWidth(),
            bytes.window(layer)),
        new Kernels(ATTENTION_KERNELS, 1, reading.experts() == null ? 0 : 1, layerKernels()));
  }

  private int layerKernels() {
    return shape.getLayerKernels() > 0 ? shape.getLayerKernels() : Kernels.OF_A_LAYER;
  }

  private Step head() {
    return Step.fixed(
        StepKind.HEAD,
        rows(bytes.head(), bytes.bits().getHead()),
        KvCosts.NONE,
        new Kernels(1, 1, 0, Kernels.OF_A_HEAD));
  }

  private void addDense(List<Step> layer, Set<Matrix> matrices) {
    if (!matrices.isEmpty()) {
      layer.add(
          Step.fixed(
              StepKind.DENSE_MLP,
              rows(bytes.matrices(matrices), bytes.bits().getMlp()),
              KvCosts.NONE,
              new Kernels(matrices.size(), 0)));
    }
  }

  private void addAdapter(List<Step> layer, AdaptedPart part) {
    if (part.getWeights() > 0) {
      layer.add(
          Step.fixed(
              StepKind.ADAPTER,
              rows(bytes.adapter().bytes(part), bytes.adapter().bits()),
              KvCosts.NONE,
              new Kernels(LOW_RANK_KERNELS * part.getMatrices(), 0)));
    }
  }

  private void addPredictor(List<Step> layer, ScoreWeights weights) {
    if (weights.count() > 0) {
      layer.add(
          Step.fixed(
              StepKind.PREDICTOR,
              rows(weights.bytes(), weights.bits()),
              KvCosts.NONE,
              new Kernels(LOW_RANK_KERNELS, 0)));
    }
  }

  /** Static weights, in rows of H. */
  private Weights rows(double all, double bits) {
    return Weights.of(all, bits, shape.getHiddenSize());
  }

  /**
   * A unit: a row or column of each of some matrices, or where units are experts many rows of H.
   */
  private Weights units(double each, int matrices) {
    double bits = bytes.bits().getMlp();
    double vector = reading.experts() == null ? each * 8 / bits / matrices : shape.getHiddenSize();
    return Weights.of(each, bits, vector);
  }

  private Step masked(int index, int layer) {
    UnitGroup group = demand.groups().get(index);
    StepUnits units =
        new StepUnits(
            index,
            reading.candidates(group),
            units(reading.unitBytes(group, layer, bytes.bits()), group.covers().size()),
            reading.requests(layout, group, layer, bytes.bits()),
            config.getMinRequest(),
            full[index],
            arrival(group));
    return Step.masked(units, new Kernels(group.covers().size(), 0));
  }

  private Arrival arrival(UnitGroup group) {
    Delivery delivery = reading.delivery(group);
    boolean kept = !Caches.has(config.getCache(), Trait.KEEPS_NOTHING);
    boolean experts = delivery == Delivery.ONE_BY_ONE || delivery == Delivery.IN_PAGES;
    return new Arrival(delivery, experts && kept);
  }

  private boolean isFull(int group, int units) {
    for (int layer = 0; layer < demand.layers(); layer++) {
      if (demand.selectedTotal(group, layer) != (long) units * demand.rows()) {
        return false;
      }
    }
    return true;
  }

  private TokenPlan streaming(TokenPlan whole) {
    check(sum(whole, step -> step.staticBytes(config.getBlockLength())));
    double faulted = Contention.faultedBytes(config, plan);
    if (faulted > 0) {
      return faulting(whole, faulted);
    }
    if (plan.streamedBytes() == 0) {
      return whole;
    }
    KvSpan span = KvSpan.of(config);
    double share = plan.streamedBytes() / sum(whole, step -> step.staticBytes(span));
    return whole.with(step -> step.streaming(share * step.staticBytes(span)));
  }

  /** What is dropped of the static weights lies in all of them alike. */
  private static TokenPlan faulting(TokenPlan whole, double bytes) {
    double weights = sum(whole, step -> step.weights().bytes());
    if (bytes > weights) {
      throw Contention.error(bytes, weights);
    }
    return whole.with(step -> step.faulting(bytes * step.weights().bytes() / weights));
  }

  private static double sum(TokenPlan plan, ToDoubleFunction<Step> bytes) {
    double sum = 0;
    for (Step step : plan.steps()) {
      sum += bytes.applyAsDouble(step);
    }
    return sum;
  }

  private void check(double staticBytes) {
    if (Math.abs(staticBytes - plan.staticBytes()) > 1e-9 * staticBytes) {
      throw new IllegalArgumentException(
          "the memory plan has "
              + plan.staticBytes()
              + " static bytes, the steps have "
              + staticBytes
              + ": the plan is not this policy's");
    }
  }
}
