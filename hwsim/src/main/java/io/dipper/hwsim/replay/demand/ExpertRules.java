package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.expert.ExpertPoint;
import io.dipper.hwsim.replay.expert.ExpertPolicy;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Missed experts are read: each a few slices at their places, whole pages of them. Caches are a
 * budget of bytes, and the prompt of a sequence is one step, counted apart from the tokens that
 * follow it.
 *
 * @param shape of the model
 * @param slices where its experts lie
 * @param prompts how many of a sequence's first tokens are its prompt; empty where none has one
 * @param cacheBytes that the experts of all layers may take
 * @param pageBytes the size of a page
 */
public record ExpertRules(
    ModelShape shape, ExpertSlices slices, List<Integer> prompts, long cacheBytes, long pageBytes)
    implements Reading {
  public ExpertRules {
    prompts = List.copyOf(prompts);
  }

  /**
   * The rules of a model.
   *
   * @param bits of its weights, where no file says what experts weigh
   */
  public ExpertRules(
      ModelShape shape, WeightBits bits, List<Integer> prompts, long cacheBytes, long pageBytes) {
    this(shape, ExpertSlices.of(shape, bits), prompts, cacheBytes, pageBytes);
  }

  /** The experts of all layers. */
  public ExpertUnits units() {
    return ExpertUnits.of(shape, slices);
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
        point.start().kind());
  }

  @Override
  public Set<Count> extraCounts() {
    return EnumSet.of(
        Count.PAGES_READ,
        Count.COMPUTED,
        Count.DROPPED,
        Count.DROPPED_WEIGHT,
        Count.LOST_TO_FEWER,
        Count.LOST_TO_OTHERS);
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
    return (int) prompts.stream().filter(length -> length > 0).count();
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
      bytes += (double) here * slices.bytes(layer);
    }
    return new ReadTotals(missed, demand.total(Count.PAGES_READ, group), bytes);
  }

  @Override
  public double unitBytes(UnitGroup group, int layer, WeightBits ofWeights) {
    return slices.bytes(layer);
  }

  @Override
  public double cacheBytes(UnitGroup group, int columns, int layers, WeightBits ofWeights) {
    return Math.min(cacheBytes, units().allBytes());
  }

  @Override
  public boolean isUnitByUnit() {
    return true;
  }

  /**
   * One request for each slice. A slice that is no whole number of pages touches one page more or
   * less from expert to expert; its request is as long as the mean. Nobody reads all experts
   * because some are missing.
   */
  @Override
  public List<UnitRequests> requests(
      Layout layout, UnitGroup group, int layer, WeightBits ofWeights) {
    List<UnitRequests> requests = new ArrayList<>();
    for (ExpertSlices.Slice slice : slices.slices(layer)) {
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
