package io.dipper.hwsim.replay.expert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The batch rule of caches of experts written down as plainly as it can be: maps, sorted lists, no
 * reuse. Slow on purpose, and independent of what it is held against.
 */
final class NaiveExperts {
  private final List<NaiveBatch> batches;
  private final long[] bytes;

  /** One layer's look-up in one step: experts by token and rank, with their weights. */
  record NaiveBatch(
      int step, int layer, boolean decode, List<Integer> experts, List<Float> weights) {}

  /** What came out; misses by step. */
  static final class Result {
    long lookups;
    long hits;
    long bytesRead;
    long decodeLookups;
    long decodeHits;
    long dropped;
    double droppedWeight;
    final Map<Integer, Integer> missesByStep = new HashMap<>();
  }

  private record Key(int layer, int expert) {}

  /**
   * @param bytes of an expert, by layer
   */
  NaiveExperts(List<NaiveBatch> batches, long[] bytes) {
    this.batches = batches;
    this.bytes = bytes;
  }

  /**
   * Plays them.
   *
   * @param dropCold F; negative for none
   * @param perToken k
   */
  Result play(String policy, boolean global, long budget, double dropCold, int perToken) {
    Result result = new Result();
    Map<Integer, Map<Key, Long>> caches = new HashMap<>();
    Map<Key, Integer> lastUse = new HashMap<>();
    Map<Key, Integer> uses = new HashMap<>();
    Map<Key, Integer> entered = new HashMap<>();
    int clock = 0;
    for (int b = 0; b < batches.size(); b++) {
      NaiveBatch batch = batches.get(b);
      Map<Key, Long> cache =
          caches.computeIfAbsent(global ? 0 : batch.layer(), c -> new LinkedHashMap<>());
      Set<Key> touched = new HashSet<>();
      Set<Key> admitted = new HashSet<>();
      for (int i = 0; i < batch.experts().size(); i++) {
        Key key = new Key(batch.layer(), batch.experts().get(i));
        float weight = batch.weights().get(i);
        if (batch.decode() && !cache.containsKey(key) && weight < dropCold / perToken) {
          result.dropped++;
          result.droppedWeight += weight;
          continue;
        }
        lastUse.put(key, ++clock);
        if (!touched.add(key)) {
          if (admitted.contains(key)) {
            entered.put(key, clock); // a batch admits in the order of last uses in it
          }
          continue;
        }
        uses.merge(key, 1, Integer::sum);
        boolean hit = cache.containsKey(key);
        result.lookups++;
        result.hits += hit ? 1 : 0;
        result.decodeLookups += batch.decode() ? 1 : 0;
        result.decodeHits += batch.decode() && hit ? 1 : 0;
        if (!hit) {
          cache.put(key, bytes[batch.layer()]);
          entered.put(key, clock);
          admitted.add(key);
          result.bytesRead += bytes[batch.layer()];
          result.missesByStep.merge(batch.step(), 1, Integer::sum);
        }
      }
      evict(
          cache,
          touched,
          order(policy, b, lastUse, uses, entered),
          budget / (global ? 1 : bytes.length));
    }
    return result;
  }

  private static void evict(
      Map<Key, Long> cache, Set<Key> touched, Comparator<Key> order, long budget) {
    List<Key> idle = new ArrayList<>(cache.keySet());
    idle.removeAll(touched);
    idle.sort(order);
    long held = cache.values().stream().mapToLong(Long::longValue).sum();
    for (int i = 0; i < idle.size() && held > budget; i++) {
      held -= Objects.requireNonNull(cache.remove(idle.get(i)));
    }
  }

  private Comparator<Key> order(
      String policy,
      int batch,
      Map<Key, Integer> lastUse,
      Map<Key, Integer> uses,
      Map<Key, Integer> entered) {
    return switch (policy) {
      case "lru" -> Comparator.comparing(lastUse::get);
      case "fifo" -> Comparator.comparing(entered::get);
      case "lfu" -> Comparator.<Key, Integer>comparing(uses::get).thenComparing(lastUse::get);
      case "belady" ->
          Comparator.<Key, Integer>comparing(key -> -next(key, batch)).thenComparing(lastUse::get);
      default -> throw new IllegalArgumentException(policy);
    };
  }

  /** The next batch that looks an expert up. */
  private int next(Key key, int after) {
    for (int b = after + 1; b < batches.size(); b++) {
      NaiveBatch batch = batches.get(b);
      if (batch.layer() == key.layer() && batch.experts().contains(key.expert())) {
        return b;
      }
    }
    return Integer.MAX_VALUE;
  }
}
