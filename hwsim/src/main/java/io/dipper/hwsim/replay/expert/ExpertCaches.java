package io.dipper.hwsim.replay.expert;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.ByteBudget;
import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.FutureUses;
import io.dipper.hwsim.replay.cache.SizedCache;
import io.dipper.hwsim.replay.cache.UnitUsage;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import io.dipper.registry.Trait;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a model's experts: one for each layer, or one for all. The same in replays and live
 * runs. Not safe for use by many threads.
 */
public final class ExpertCaches {
  private final ExpertUnits units;
  private final boolean global;
  private final SizedCache[] caches;
  private final IntPredicate[] views;
  private final int[] batch;

  /**
   * @param bytes that the experts of all layers may take; layers share them evenly
   * @param knowledge what some policies know of the uses to come, by cache
   * @throws UserException if the cache has no form for experts, or cannot hold one of them
   */
  public ExpertCaches(
      CacheSpec spec, ExpertUnits units, long bytes, long seed, Knowledge knowledge) {
    check(spec, units, bytes);
    this.units = units;
    this.global = Caches.isGlobal(spec);
    this.caches = new SizedCache[global ? 1 : units.layerCount()];
    this.batch = new int[units.perLayer()];
    for (int c = 0; c < caches.length; c++) {
      ByteBudget budget = new ByteBudget(bytes / caches.length, unitBytes(c));
      long ownSeed = seed + 0x9e3779b97f4a7c15L * (1 + c);
      caches[c] =
          Caches.createSized(
              spec, CacheContext.of(budget, ownSeed, knowledge.future(c), knowledge.usage(c)));
    }
    this.views = new IntPredicate[units.layerCount()];
    Arrays.setAll(views, layer -> unit -> cache(layer).cached().contains(unit(layer, unit)));
  }

  /** What a cache may know beyond what it has seen. */
  public interface Knowledge {
    /** Nothing. */
    Knowledge NONE = new Knowledge() {};

    /** The uses to come of a cache's units, access by access; null for none. */
    default @Nullable FutureUses future(int cache) {
      return null;
    }

    /** How often a trace uses the units of a cache; null where there is none. */
    default @Nullable UnitUsage usage(int cache) {
      return null;
    }
  }

  private long[] unitBytes(int cache) {
    int each = units.perLayer();
    long[] all = new long[global ? Math.multiplyExact(each, units.layerCount()) : each];
    for (int unit = 0; unit < all.length; unit++) {
      all[unit] = units.unitBytes(global ? unit / each : cache, unit % each);
    }
    return all;
  }

  /**
   * Checks that a cache has a form for experts and can hold one of any layer.
   *
   * @throws UserException if not, with what would be right
   */
  public static void check(CacheSpec spec, ExpertUnits units, long bytes) {
    Caches.checkSized(spec);
    if (Caches.has(spec, Trait.KEEPS_NOTHING)) {
      return;
    }
    int caches = Caches.isGlobal(spec) ? 1 : units.layerCount();
    long largest = Arrays.stream(units.bytes()).max().orElse(0);
    if (bytes / caches < largest) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "a cache of %d bytes%s is below one expert of %d bytes; give at least %d bytes in all",
              bytes / caches,
              caches == 1 ? "" : " for each layer",
              largest,
              largest * caches));
    }
  }

  /** A sequence begins, with what the caches then hold. */
  public void begin(CacheStart start) {
    for (int layer = 0; layer < units.layerCount(); layer++) {
      begin(start, layer);
    }
  }

  /** A sequence begins in a layer; a cache of all layers begins with the first of them. */
  public void begin(CacheStart start, int layer) {
    if (global && layer > 0) {
      return;
    }
    if (start == CacheStart.CARRIED) {
      cache(layer).carry();
    } else {
      cache(layer).reset();
    }
  }

  /**
   * Whether a unit of a layer is cached, which is an expert where these have no columns; a view
   * that changes with the cache.
   */
  public IntPredicate cached(int layer) {
    return views[layer];
  }

  /**
   * Plays the units that a step looks up in a layer.
   *
   * @param looked distinct, in the order of their last use
   * @param count how many there are, from the start of the array
   */
  public void play(int layer, int[] looked, int count) {
    for (int i = 0; i < count; i++) {
      batch[i] = unit(layer, looked[i]);
    }
    cache(layer).update(batch, count);
  }

  /** The bytes of all cached experts. */
  public long heldBytes() {
    return Arrays.stream(caches).mapToLong(SizedCache::heldBytes).sum();
  }

  private SizedCache cache(int layer) {
    return caches[global ? 0 : layer];
  }

  private int unit(int layer, int unit) {
    return global ? layer * units.perLayer() + unit : unit;
  }
}
