package io.dipper.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The simulation of caches alone, on one thread, from a stream of column accesses in memory: {@code
 * CacheStreamBenchmark [SECONDS]}. Half of 14,336 columns are accessed per token, and 60 % fit.
 * Beside LRU and LFU in batches of a token, the Caffeine library is a cache for the same stream,
 * column by column, under its own policy (W-TinyLFU). Prints accesses per second of processor time.
 */
public final class CacheStreamBenchmark {
  static final int UNITS = 14336;
  static final int CAPACITY = (int) (0.6 * UNITS);
  private static final int TOKENS = 256;

  private final UnitSet[] masks = new UnitSet[TOKENS];
  private final Integer[] keys = new Integer[UNITS];
  private final ReplayRates rates;
  private long hits; // of the last run

  CacheStreamBenchmark(double seconds) {
    rates = new ReplayRates(new MadeUpRecording(1), seconds);
    KeySelection selection = KeySelection.create(UNITS);
    MemoryColumn column = new MemoryColumn(ActivationRows.make(TOKENS, UNITS, 1), 0);
    RecordedRow row = new RecordedRow(UNITS);
    for (int t = 0; t < TOKENS; t++) {
      masks[t] = new UnitSet(UNITS);
      row.read(column, t);
      selection.largest(row, UNITS / 2, masks[t]);
    }
    for (int i = 0; i < UNITS; i++) {
      keys[i] = i;
    }
  }

  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    new CacheStreamBenchmark(seconds).measureAll();
  }

  void measureAll() {
    measure("lru", () -> batch("lru"));
    measure("lfu", () -> batch("lfu"));
    measure("caffeine", this::caffeine);
  }

  /** The stream, a set of columns per token. */
  UnitSet[] masks() {
    return masks.clone();
  }

  /**
   * Measures and prints.
   *
   * @param run takes the stream once through an empty cache and returns the hits
   */
  void measure(String name, LongSupplier run) {
    double accesses = rates.rate((long) TOKENS * (UNITS / 2), () -> hits = run.getAsLong());
    double hitRate = hits / ((double) TOKENS * (UNITS / 2));
    System.out.printf(
        Locale.ROOT,
        "%-18s %8.1f M accesses/s/core, hit rate %.3f%n",
        name,
        accesses / 1e6,
        hitRate);
  }

  private long batch(String policy) {
    long hit = 0;
    UnitCache cache = Caches.create(Caches.parse(policy), CacheContext.of(UNITS, CAPACITY, 0));
    for (UnitSet mask : masks) {
      hit += mask.intersectionSize(cache.cached());
      cache.update(mask, new float[0]);
    }
    return hit;
  }

  private long caffeine() {
    long hit = 0;
    Cache<Integer, Boolean> cache =
        Caffeine.newBuilder().maximumSize(CAPACITY).executor(Runnable::run).build();
    for (UnitSet mask : masks) {
      for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
        if (cache.getIfPresent(keys[unit]) != null) {
          hit++;
        } else {
          cache.put(keys[unit], Boolean.TRUE);
        }
      }
    }
    return hit;
  }
}
