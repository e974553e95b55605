package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import org.jspecify.annotations.Nullable;

/**
 * The units that any of the last k tokens selected, and no others, whether there is room or not;
 * where they do not all fit, LRU says which of them go.
 *
 * <p>Batch rule: that of LRU, after which what the last k tokens did not select is dropped.
 */
final class Window implements UnitCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "window",
              "the units that the last tokens selected, and no others",
              "Alizadeh et al., arXiv 2312.11514")
          .with(Parameter.integer("tokens", 1, 100_000, "that the window spans").or(5))
          .having(Trait.COUNTS_TOKENS)
          .by(Window::new);

  private final int tokens;
  private final LeastRecentlyUsed used;
  private final UnitCache cache;
  private int token;

  private Window(Choice parameters, CacheContext context) {
    this.tokens = parameters.integer("tokens");
    this.used = new LeastRecentlyUsed(context.units());
    this.cache = EvictionCaches.rankedByUse(used, parameters, context);
  }

  @Override
  public int capacity() {
    return cache.capacity();
  }

  @Override
  public UnitSet cached() {
    return cache.cached();
  }

  @Override
  public int @Nullable [] useCounts() {
    return cache.useCounts();
  }

  @Override
  public void reset() {
    cache.reset();
    token = 0;
  }

  @Override
  public void carry() {
    cache.carry();
  }

  @Override
  public void update(UnitSet mask, float[] scores) {
    cache.update(mask, scores);
    token++;
    int[] last = used.values();
    UnitSet cached = cache.cached();
    for (int unit = cached.next(0); unit >= 0; unit = cached.next(unit + 1)) {
      if (token - last[unit] >= tokens) {
        cached.remove(unit);
      }
    }
  }
}
