package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.select.NaiveTopK;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The batch semantics as the method states them, with sets, ages and sorting. */
public final class NaiveCache {
  /** What is evicted first, and what of an overflow is admitted. */
  public enum Kind {
    LRU,
    LFU,
    BELADY,
    FIFO,
    LFU_AGING,
    LEAST_STALE,
    WINDOW
  }

  /** Tokens that a window spans, where nothing else is said. */
  private static final int WINDOW = 5;

  private final Kind kind;
  private final int capacity;
  private final boolean byScore;
  private List<Set<Integer>> masks;
  public final Set<Integer> cached = new TreeSet<>();
  final int[] ages;
  final int[] counts;
  private int token;
  private final int[] entered;
  private final int[] lastUse;
  private final int[] usesSinceEntry;
  private final int[] agedValues;
  private int clock;
  private int age;

  public NaiveCache(Kind kind, int units, int capacity, boolean byScore, List<Set<Integer>> masks) {
    this.kind = kind;
    this.capacity = capacity;
    this.byScore = byScore;
    this.masks = masks;
    this.ages = new int[units];
    this.counts = new int[units];
    this.entered = new int[units];
    this.lastUse = new int[units];
    this.usesSinceEntry = new int[units];
    this.agedValues = new int[units];
  }

  /** A new sequence begins; everything is kept. */
  public void carry(List<Set<Integer>> masksToCome) {
    masks = masksToCome;
    token = 0;
  }

  public void update(Set<Integer> mask, float[] scores) {
    Set<Integer> idle = new TreeSet<>(cached);
    idle.removeAll(mask);
    for (int unit : idle) {
      ages[unit]++;
    }
    clock++;
    for (int unit : mask) {
      ages[unit] = 0;
      counts[unit]++;
      lastUse[unit] = clock;
      entered[unit] = cached.contains(unit) ? entered[unit] : clock;
      usesSinceEntry[unit] = cached.contains(unit) ? usesSinceEntry[unit] + 1 : 1;
      agedValues[unit] = age + usesSinceEntry[unit];
    }
    List<Integer> victims = new ArrayList<>(idle);
    victims.sort(Comparator.comparingInt(this::order).thenComparing(unit -> unit));
    int evicted = Math.max(0, Math.min(idle.size(), mask.size() + idle.size() - capacity));
    for (int unit : victims.subList(0, evicted)) {
      cached.remove(unit);
      ages[unit] = 0;
      age = Math.max(age, agedValues[unit]);
    }
    admit(mask, scores);
    if (kind == Kind.WINDOW) {
      cached.removeIf(unit -> clock - lastUse[unit] >= WINDOW);
    }
    token++;
  }

  /** The victims' order: smallest first. */
  int order(int unit) {
    return switch (kind) {
      case LRU, WINDOW -> -ages[unit];
      case LFU -> counts[unit];
      case BELADY -> -nextUse(unit);
      case FIFO -> entered[unit];
      case LFU_AGING -> agedValues[unit];
      case LEAST_STALE -> (clock - lastUse[unit] < 2 ? 1_000_000 : 0) + entered[unit];
    };
  }

  private int nextUse(int unit) {
    for (int t = token + 1; t < masks.size(); t++) {
      if (masks.get(t).contains(unit)) {
        return t;
      }
    }
    return masks.size();
  }

  private void admit(Set<Integer> mask, float[] scores) {
    if (mask.size() <= capacity) {
      cached.addAll(mask);
      return;
    }
    float[] order = byScore ? NaiveTopK.magnitudes(scores) : new float[scores.length];
    Set<Integer> stay = new TreeSet<>(cached);
    int room = capacity - stay.size();
    for (int unit :
        NaiveTopK.order(order, i -> mask.contains(i) && !stay.contains(i), Math.max(0, room))) {
      cached.add(unit);
    }
  }
}
