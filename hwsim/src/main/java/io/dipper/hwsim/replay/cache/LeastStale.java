package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import org.jspecify.annotations.Nullable;

/**
 * Least-stale: stale units, those that the last tokens did not select, go before the others; among
 * either the one goes that entered first.
 *
 * <p>The paper has one cache for all layers of a mixture of experts. An expert is stale that the
 * present pass through the layers has not used; the stale go first, then the others, both in the
 * order of the layers, since the layer that a pass has just left is the one that it comes back to
 * last. A cache of one layer knows no order of layers, and whatever may go is of an earlier pass.
 * So this is the paper's rule carried over in spirit only: the number of tokens after which a unit
 * is stale is a parameter, and order of entry stands for order of layers; with 1 it is FIFO.
 *
 * <p>Batch rule: the units of a token enter together, and of units that entered together the one of
 * lowest index goes first.
 */
final class LeastStale implements Eviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "least-stale",
              "units go that the last tokens did not select, the first to enter first",
              "after Hoang et al., arXiv 2602.03921, one cache per layer")
          .with(
              Parameter.integer("tokens", 1, 100_000, "after how many without use a unit is stale")
                  .or(2))
          .having(Trait.COUNTS_TOKENS)
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByUse(
                      new LeastStale(context.units(), parameters.integer("tokens")),
                      parameters,
                      context));

  private final int tokens;
  private final Fifo entered;
  private final LeastRecentlyUsed used;
  private final int[] values;
  private int token;

  LeastStale(int units, int tokens) {
    this.tokens = tokens;
    this.entered = new Fifo(units);
    this.used = new LeastRecentlyUsed(units);
    this.values = new int[units];
  }

  @Override
  public void begin(boolean cold) {
    entered.begin(cold);
    used.begin(cold);
    token = cold ? 0 : token;
  }

  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    token++;
    entered.observe(mask, cached);
    used.observe(mask, cached);
    int[] first = entered.values();
    int[] last = used.values();
    for (int unit = 0; unit < values.length; unit++) {
      values[unit] = first[unit] + (token - last[unit] < tokens ? token : 0);
    }
  }

  @Override
  public int[] values() {
    return values;
  }

  @Override
  public int @Nullable [] useCounts() {
    return null;
  }
}
