package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.Speculation;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How misses become reads, as far as a replay has to count it.
 *
 * @param places of the units on Flash
 * @param gapUnits the longest gap between two missed units that is read over, per group
 * @param speculation what is fetched before a mask is known
 * @param pages the page cache that misses go through; null where units are cached and read directly
 */
public record FetchRules(
    UnitPlaces places, List<Integer> gapUnits, Speculation speculation, @Nullable PageRules pages) {
  public FetchRules {
    gapUnits = List.copyOf(gapUnits);
  }

  /** Fetches without a page cache. */
  public FetchRules(UnitPlaces places, List<Integer> gapUnits, Speculation speculation) {
    this(places, gapUnits, speculation, null);
  }

  /** Units in the model's order, no gap read over, nothing guessed. */
  public static FetchRules plain(int groups) {
    return new FetchRules(
        UnitPlaces.NATURAL, Collections.nCopies(groups, 0), Speculation.NO_SPECULATION);
  }

  /** Counts the runs of the group with an index in a layer. */
  RunCounter counter(int layer, int index, UnitGroup group) {
    return new RunCounter(group.units(), places.of(layer, group), gapUnits.get(index));
  }

  /** What is guessed of a layer's group; null for nothing, as in the first layer. */
  @Nullable Guess guess(int layer, UnitGroup group) {
    return layer == 0 || speculation != Speculation.PREVIOUS_LAYER
        ? null
        : new Guess(group.units(), new RunCounter(group.units(), places.of(layer, group), 0));
  }

  /** What has to be counted beside what always is. */
  public Set<Count> extraCounts() {
    Set<Count> extra = EnumSet.noneOf(Count.class);
    if (gapUnits.stream().anyMatch(gap -> gap > 0)) {
      extra.add(Count.OVERREAD);
    }
    if (speculation != Speculation.NO_SPECULATION) {
      extra.addAll(EnumSet.of(Count.GUESSED, Count.GUESSED_RUNS, Count.GUESSED_RIGHT));
    }
    if (pages != null) {
      extra.addAll(EnumSet.of(Count.FAULTS, Count.PAGES_READ));
    }
    return extra;
  }
}
