package io.dipper.hwsim.replay.expert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Masks inside experts and caches of their columns, written down as plainly as they can be: boxed
 * keys, sorted lists, no reuse. Slow on purpose, and independent of what it is held against.
 */
final class NaiveInside {
  /** A part of an expert: a column, or with −1 what is read whole. */
  record Part(int layer, int expert, int column) {}

  /** What came out of all tokens. */
  static final class Result {
    long experts;
    long expertHits;
    long columns;
    long columnHits;
    long bytesRead;
    final List<Set<Part>> missed = new ArrayList<>();
  }

  private final int experts;
  private final int units;
  private final int[] wholeBytes;
  private final int[] columnBytes;

  /**
   * @param wholeBytes of an expert's matrices that are read whole, by layer
   * @param columnBytes of one column
   */
  NaiveInside(int experts, int units, int[] wholeBytes, int[] columnBytes) {
    this.experts = experts;
    this.units = units;
    this.wholeBytes = wholeBytes;
    this.columnBytes = columnBytes;
  }

  /**
   * Plays one sequence, token by token.
   *
   * @param logits by layer and token
   * @param scores of the units of the k chosen experts by rank, by layer and token
   * @param taken the experts of a token
   * @param kept the units of an expert
   */
  Result play(
      float[][][] logits, float[][][] scores, int taken, int kept, String cache, long budget) {
    Result result = new Result();
    boolean global = cache.endsWith("global");
    Map<Integer, Set<Part>> caches = new HashMap<>();
    Map<Part, Integer> lastUse = new HashMap<>();
    Map<Part, Integer> uses = new HashMap<>();
    int clock = 0;
    for (int token = 0; token < logits[0].length; token++) {
      for (int layer = 0; layer < logits.length; layer++) {
        List<Part> wanted = wanted(layer, logits[layer][token], scores[layer][token], taken, kept);
        Set<Part> held = caches.computeIfAbsent(global ? 0 : layer, c -> new HashSet<>());
        Set<Part> missed = new HashSet<>();
        for (Part part : wanted) {
          boolean hit = held.contains(part);
          result.experts += part.column() < 0 ? 1 : 0;
          result.expertHits += part.column() < 0 && hit ? 1 : 0;
          result.columns += part.column() < 0 ? 0 : 1;
          result.columnHits += part.column() >= 0 && hit ? 1 : 0;
          if (!hit) {
            result.bytesRead += bytes(part);
            missed.add(part);
          }
          lastUse.put(part, ++clock);
          uses.merge(part, 1, Integer::sum);
        }
        result.missed.add(missed);
        held.addAll(wanted);
        Comparator<Part> first =
            cache.startsWith("lfu")
                ? Comparator.<Part, Integer>comparing(uses::get).thenComparing(lastUse::get)
                : Comparator.comparing(lastUse::get);
        evict(held, wanted, first, global ? budget : budget / logits.length);
      }
    }
    return result;
  }

  private void evict(Set<Part> held, List<Part> wanted, Comparator<Part> first, long budget) {
    List<Part> idle = new ArrayList<>(held);
    idle.removeAll(new HashSet<>(wanted));
    idle.sort(first);
    long bytes = held.stream().mapToLong(this::bytes).sum();
    for (int i = 0; i < idle.size() && bytes > budget; i++) {
      held.remove(idle.get(i));
      bytes -= bytes(idle.get(i));
    }
  }

  private long bytes(Part part) {
    return part.column() < 0 ? wholeBytes[part.layer()] : columnBytes[part.layer()];
  }

  private List<Part> wanted(int layer, float[] logits, float[] scores, int taken, int kept) {
    List<Part> wanted = new ArrayList<>();
    List<Integer> ranked = largest(logits, 0, experts, taken);
    for (int rank = 0; rank < taken; rank++) {
      int expert = ranked.get(rank);
      wanted.add(new Part(layer, expert, -1));
      float[] own = new float[units];
      for (int j = 0; j < units; j++) {
        own[j] = Math.abs(scores[rank * units + j]);
      }
      largest(own, 0, units, kept).stream()
          .sorted()
          .forEach(column -> wanted.add(new Part(layer, expert, column)));
    }
    return wanted;
  }

  private static List<Integer> largest(float[] values, int from, int to, int count) {
    return IntStream.range(from, to)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparing(i -> i))
        .limit(count)
        .toList();
  }
}
