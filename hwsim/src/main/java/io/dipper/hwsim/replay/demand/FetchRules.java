package io.dipper.hwsim.replay.demand;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.Speculation;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Missed units are read: how, as far as a replay has to count it.
 *
 * @param places of the units on Flash
 * @param gapUnits the longest gap between two missed units that is read over, per group
 * @param speculation what is fetched before a mask is known
 * @param densePrompt how many of each sequence's first tokens are computed in one dense pass
 * @param blocks how columns lie in the rows of a file, per group; empty where the layout has units
 * @param window how many of the others are computed in one step
 */
public record FetchRules(
    UnitPlaces places,
    List<Integer> gapUnits,
    Speculation speculation,
    int densePrompt,
    List<BlockRules> blocks,
    int window)
    implements Reading {
  public FetchRules {
    gapUnits = List.copyOf(gapUnits);
    blocks = List.copyOf(blocks);
  }

  /** Rules for sequences whose tokens are all decoded one by one. */
  public FetchRules(UnitPlaces places, List<Integer> gapUnits, Speculation speculation) {
    this(places, gapUnits, speculation, 0, List.of(), 1);
  }

  /** These rules for sequences that begin with a prompt of so many tokens; 0 for none. */
  public FetchRules afterPrompt(int tokens) {
    return new FetchRules(places, gapUnits, speculation, tokens, blocks, window);
  }

  /** These rules for columns that lie in blocks of a file's rows. */
  public FetchRules inBlocks(List<BlockRules> each) {
    return new FetchRules(places, gapUnits, speculation, densePrompt, each, window);
  }

  /** These rules for steps of so many tokens, which read the units of all of them once. */
  public FetchRules inWindows(int tokens) {
    return new FetchRules(places, gapUnits, speculation, densePrompt, blocks, tokens);
  }

  /** Units in the model's order, no gap read over, nothing guessed. */
  public static FetchRules plain(int groups) {
    return new FetchRules(
        UnitPlaces.NATURAL, Collections.nCopies(groups, 0), Speculation.NO_SPECULATION);
  }

  @Override
  public Set<Count> extraCounts() {
    Set<Count> extra = EnumSet.noneOf(Count.class);
    if (gapUnits.stream().anyMatch(gap -> gap > 0)) {
      extra.add(Count.OVERREAD);
    }
    if (speculation != Speculation.NO_SPECULATION) {
      extra.addAll(EnumSet.of(Count.GUESSED, Count.GUESSED_RUNS, Count.GUESSED_RIGHT));
    }
    if (!blocks.isEmpty()) {
      extra.addAll(EnumSet.of(Count.BLOCK_UNITS, Count.BLOCK_RUNS));
    }
    if (window > 1) {
      extra.add(Count.COMPUTED);
    }
    return extra;
  }

  /**
   * Sequences that end with their prompt are left out.
   *
   * @throws UserException if none is longer than that
   */
  @Override
  public int[] decoded(int[] lengths) {
    int[] steps = StepRows.steps(lengths, densePrompt, window);
    if (steps.length == 0) {
      throw new UserException(
          "a prompt of "
              + densePrompt
              + " tokens leaves nothing of sequences of "
              + Arrays.stream(lengths).max().orElse(0)
              + "; make the prompt shorter");
    }
    return steps;
  }

  @Override
  public void enter(ReplayTasks tasks, int index, ReplayPoint point, Demand demand) {
    for (int group = 0; group < point.policy().groups().size(); group++) {
      tasks.byColumn(new Strand(index, point, group, demand));
    }
  }

  @Override
  public FetchRules ofUnits() {
    return this;
  }

  @Override
  public ReadTotals totals(Demand demand, int group, double unitBytes) {
    long missed = demand.total(Count.SELECTED, group) - demand.total(Count.HITS, group);
    long wrongGuesses =
        demand.total(Count.GUESSED, group) - demand.total(Count.GUESSED_RIGHT, group);
    long read =
        blocks.isEmpty()
            ? missed + wrongGuesses + demand.total(Count.OVERREAD, group)
            : demand.total(Count.BLOCK_UNITS, group);
    return new ReadTotals(read, null, missed * unitBytes);
  }

  /**
   * Counts the accesses of a group in a layer into a demand.
   *
   * @param index of the group
   */
  public AccessSink counting(Demand demand, int layer, int index) {
    UnitGroup group = demand.groups().get(index);
    int[] order = places.of(layer, group);
    RunCounter missed = new RunCounter(group.units(), order, gapUnits.get(index));
    AccessSink counts =
        speculation == Speculation.NO_SPECULATION
            ? new UnitCounts(demand, missed)
            : new GuessCounts(demand, missed, new RunCounter(group.units(), order, 0));
    return blocks.isEmpty()
        ? counts
        : new BlockCounts(demand, counts, new BlockCounter(group.units(), blocks.get(index)));
  }

  /**
   * What is guessed of a layer's group.
   *
   * @param before gives the masks of the layer before, where they are needed
   */
  Guess guess(int layer, UnitGroup group, Supplier<LikelyMasks> before) {
    if (layer == 0) {
      return Guess.nothing(group.units());
    }
    return switch (speculation) {
      case PREVIOUS_LAYER -> Guess.like(before.get(), group.units());
      case LOOK_AHEAD ->
          group.isKnownEarly() ? Guess.known(group.units()) : Guess.nothing(group.units());
      case NO_SPECULATION, PREVIOUS_TOKEN, HOT_EXPERTS, ROUTER_AHEAD, UNRECOGNIZED ->
          Guess.nothing(group.units());
    };
  }
}
