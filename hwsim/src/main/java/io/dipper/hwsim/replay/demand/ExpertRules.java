package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.expert.ExpertPoint;
import io.dipper.hwsim.replay.expert.ExpertPolicy;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.expert.MaskInside;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.proto.Speculation;
import io.dipper.proto.WeightBits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Missed experts are read: each a few slices at their places, whole pages of them. Under a mask
 * inside experts those slices are read whole that it leaves whole, and of the others the pages of
 * missed columns. Caches are a budget of bytes for all of it, and the prompt of a sequence is one
 * step, counted apart from the tokens that follow it.
 *
 * @param shape of the model
 * @param slices where its experts lie
 * @param masked the matrices of which a mask inside experts selects columns; empty without one
 * @param prompts how many of a sequence's first tokens are its prompt; empty where none has one
 * @param cacheBytes that the experts of all layers may take
 * @param pageBytes the size of a page
 * @param speculation what is read before a router has spoken
 */
public record ExpertRules(
    ModelShape shape,
    ExpertSlices slices,
    Set<Matrix> masked,
    List<Integer> prompts,
    long cacheBytes,
    long pageBytes,
    Speculation speculation)
    implements Reading {
  public ExpertRules {
    masked = Set.copyOf(masked);
    prompts = List.copyOf(prompts);
  }

  /**
   * The rules of a model whose experts are whole, where nothing is guessed.
   *
   * @param bits of its weights, where no file says what experts weigh
   */
  public ExpertRules(
      ModelShape shape, WeightBits bits, List<Integer> prompts, long cacheBytes, long pageBytes) {
    this(
        shape,
        ExpertSlices.of(shape, bits),
        Set.of(),
        prompts,
        cacheBytes,
        pageBytes,
        Speculation.NO_SPECULATION);
  }

  /** These rules with guesses. */
  public ExpertRules guessing(Speculation kind) {
    return new ExpertRules(shape, slices, masked, prompts, cacheBytes, pageBytes, kind);
  }

  /**
   * These rules for a policy, which may mask inside experts.
   *
   * @throws io.dipper.error.UserException if the model's file does not hold apart what it masks
   */
  public ExpertRules of(MaskPolicy policy) {
    MaskInside inside = policy instanceof ExpertPolicy experts ? experts.inside() : null;
    ExpertRules rules =
        new ExpertRules(
            shape,
            slices,
            inside == null ? Set.of() : inside.covers(),
            prompts,
            cacheBytes,
            pageBytes,
            speculation);
    rules.units();
    return rules;
  }

  /** The experts of all layers, and their columns where these are masked. */
  public ExpertUnits units() {
    return ExpertUnits.of(shape, slices, masked);
  }

  /** The slices of an expert that are read whole. */
  List<ExpertSlices.Slice> wholeSlices(int layer) {
    List<ExpertSlices.Slice> whole = new ArrayList<>(slices.slices(layer));
    whole.removeAll(slices.slices(layer, masked));
    return whole;
  }

  private static boolean ofColumns(UnitGroup group) {
    return group.space().id().equals(BlockShape.GLU_UNITS);
  }

  /** The steps of sequences of so many tokens. */
  public Steps steps(int[] lengths) {
    return Steps.of(lengths, prompts);
  }

  @Override
  public ExpertBudget experts() {
    return new ExpertBudget(cacheBytes, Arrays.stream(units().bytes()).boxed().toList());
  }

  /** What is replayed of a point. */
  public ExpertPoint point(ReplayPoint point) {
    return new ExpertPoint(
        (ExpertPolicy) point.policy(),
        point.cache(),
        cacheBytes,
        point.seed(),
        point.start().kind(),
        speculation);
  }

  @Override
  public Set<Count> extraCounts() {
    Set<Count> extra =
        EnumSet.of(
            Count.PAGES_READ,
            Count.COMPUTED,
            Count.DROPPED,
            Count.DROPPED_WEIGHT,
            Count.LOST_TO_FEWER,
            Count.LOST_TO_OTHERS);
    if (!masked.isEmpty()) {
      extra.add(Count.READS);
    }
    if (speculation != Speculation.NO_SPECULATION) {
      extra.addAll(
          EnumSet.of(Count.LIKELY, Count.LIKELY_RIGHT, Count.GUESSED, Count.GUESSED_RIGHT));
    }
    return extra;
  }

  @Override
  public int[] decoded(int[] lengths) {
    return IntStream.range(0, lengths.length)
        .map(s -> lengths[s] - (prompts.isEmpty() ? 0 : prompts.get(s)))
        .filter(length -> length > 0)
        .toArray();
  }

  @Override
  public int prompts(int[] lengths) {
    return (int) prompts.stream().limit(lengths.length).filter(length -> length > 0).count();
  }

  @Override
  public int firstPrompt() {
    return prompts.stream().filter(length -> length > 0).findFirst().orElse(0);
  }

  @Override
  public void enter(ReplayTasks tasks, int index, ReplayPoint point, Demand demand) {
    tasks.add(new RoutedReplay(tasks, this, point, demand));
  }

  /** Those of a dense layer's units. */
  @Override
  public FetchRules ofUnits() {
    return FetchRules.plain(1);
  }

  @Override
  public ReadTotals totals(Demand demand, int group, double unitBytes) {
    long missed = 0;
    double bytes = 0;
    for (int layer = 0; layer < demand.layers(); layer++) {
      long here = demand.selectedTotal(group, layer) - demand.hitsTotal(group, layer);
      missed += here;
      bytes += here * unitBytes(demand.groups().get(group), layer);
    }
    long wrong = demand.total(Count.GUESSED, group) - demand.total(Count.GUESSED_RIGHT, group);
    return new ReadTotals(missed + wrong, demand.total(Count.PAGES_READ, group), bytes);
  }

  @Override
  public double unitBytes(UnitGroup group, int layer, WeightBits ofWeights) {
    return unitBytes(group, layer);
  }

  private double unitBytes(UnitGroup group, int layer) {
    long columns = slices.bytes(layer, masked);
    return ofColumns(group)
        ? (double) columns / shape.getExpertIntermediateSize()
        : slices.bytes(layer) - columns;
  }

  /** One budget holds experts and columns; it is counted once, with the experts. */
  @Override
  public double cacheBytes(UnitGroup group, int columns, int layers, WeightBits ofWeights) {
    return ofColumns(group) ? 0 : Math.min(cacheBytes, units().allBytes());
  }

  @Override
  public Delivery delivery(UnitGroup group) {
    return ofColumns(group) ? Delivery.IN_PAGES : Delivery.ONE_BY_ONE;
  }

  /** Of columns those of the experts that the model chooses for a token. */
  @Override
  public int candidates(UnitGroup group) {
    return ofColumns(group)
        ? shape.getExpertsPerToken() * shape.getExpertIntermediateSize()
        : group.units();
  }

  /**
   * One request for each slice that is read whole. A slice that is no whole number of pages touches
   * one page more or less from expert to expert; its request is as long as the mean. Nobody reads
   * all experts because some are missing. Of columns a request is a page.
   */
  @Override
  public List<UnitRequests> requests(
      Layout layout, UnitGroup group, int layer, WeightBits ofWeights) {
    if (ofColumns(group)) {
      return List.of(new UnitRequests(0, 1, pageBytes));
    }
    List<UnitRequests> requests = new ArrayList<>();
    for (ExpertSlices.Slice slice : wholeSlices(layer)) {
      double pages =
          IntStream.range(0, shape.getExperts())
              .mapToLong(expert -> slice.pages(expert, pageBytes))
              .average()
              .orElse(0);
      requests.add(new UnitRequests(0, 1, pages * pageBytes));
    }
    return UnitRequests.together(requests);
  }
}
