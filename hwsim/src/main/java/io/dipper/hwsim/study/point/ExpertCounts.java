package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.study.result.PointExperts;
import io.dipper.proto.Speculation;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums the demand of experts up. */
final class ExpertCounts {
  private static final int GROUP = 0;
  private static final double MILLIONTH = 1e-6;

  private ExpertCounts() {}

  static PointExperts of(Demand demand) {
    if (!(demand.reading() instanceof ExpertRules rules)) {
      return PointExperts.NONE;
    }
    Demand prompts = demand.prompts();
    long lookups = demand.total(Count.SELECTED, GROUP);
    long hits = demand.total(Count.HITS, GROUP);
    return new PointExperts(
        lookups,
        hits,
        lookups - hits,
        prompts == null
            ? new PointExperts.Prompts(0L, 0L)
            : new PointExperts.Prompts(
                prompts.total(Count.SELECTED, GROUP), prompts.total(Count.HITS, GROUP)),
        new PointExperts.LeftOut(
            demand.total(Count.DROPPED, GROUP),
            MILLIONTH * demand.total(Count.DROPPED_WEIGHT, GROUP),
            mean(demand, Count.LOST_TO_FEWER),
            mean(demand, Count.LOST_TO_OTHERS)),
        guesses(demand, rules.speculation()),
        new PointExperts.Sizes(
            (double) rules.units().cycleBytes(rules.shape().getExpertsPerToken()),
            (double) rules.cacheBytes()));
  }

  private static PointExperts.Guesses guesses(Demand demand, Speculation kind) {
    if (kind == Speculation.NO_SPECULATION) {
      return PointExperts.Guesses.NONE;
    }
    long likely = demand.total(Count.LIKELY, GROUP);
    long right = demand.total(Count.LIKELY_RIGHT, GROUP);
    return new PointExperts.Guesses(
        demand.total(Count.GUESSED, GROUP),
        demand.total(Count.GUESSED_RIGHT, GROUP),
        share(right, demand.total(Count.SELECTED, GROUP)),
        share(right, likely));
  }

  private static @Nullable Double share(long part, long of) {
    return of == 0 ? null : Double.valueOf((double) part / of);
  }

  /** Of millionths, the mean over decoded tokens and the layers that have experts. */
  private static double mean(Demand demand, Count count) {
    ExpertRules rules = (ExpertRules) demand.reading();
    double places = (double) demand.tokens() * rules.units().layerCount();
    return places == 0 ? 0 : MILLIONTH * demand.total(count, GROUP) / places;
  }

  /**
   * What a token reads from Flash: the pages of missed and wrongly guessed experts and of missed
   * columns, or what the device was asked for.
   */
  static double bytesReadPerToken(Demand demand, double asked) {
    if (!(demand.reading() instanceof ExpertRules rules)) {
      return asked;
    }
    long pages =
        IntStream.range(0, demand.groups().size())
            .mapToLong(group -> demand.total(Count.PAGES_READ, group))
            .sum();
    return (double) pages * rules.pageBytes() / demand.tokens();
  }
}
