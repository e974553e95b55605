package io.dipper.hwsim.replay.cache;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Overflow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The cache policies there are: named explicitly. */
public final class Caches {
  private static final String NO_CACHE = "none";
  private static final String PAGE_CACHE = "page-cache";

  /** Nothing is ever kept. */
  public static final CacheSpec NONE = CacheSpec.newBuilder().setPolicy(NO_CACHE).build();

  private static final List<CacheEntry> ENTRIES =
      List.of(
          new CacheEntry(
              new CacheDescription(NO_CACHE, "nothing is ever kept", "-", false),
              (context, overflow) -> new NoCache(context.units(), context.capacity())),
          new CacheEntry(
              new CacheDescription(
                  "lru",
                  "the unit goes whose last selection lies farthest back",
                  "Federici et al., arXiv 2412.01380",
                  false),
              (context, overflow) ->
                  batch(context, new LeastRecentlyUsed(context.units()), overflow)),
          new CacheEntry(
              new CacheDescription(
                  "lfu",
                  "the unit goes that was selected least often in this sequence",
                  "Federici et al., arXiv 2412.01380",
                  false),
              (context, overflow) ->
                  batch(context, new LeastFrequentlyUsed(context.units()), overflow)),
          new CacheEntry(
              new CacheDescription(
                  "belady",
                  "the unit goes whose next selection lies farthest ahead: the bound for any"
                      + " cache",
                  "Belady, IBM Systems Journal 5(2), 1966",
                  true),
              (context, overflow) ->
                  batch(context, new Belady(context.units(), futureOf(context)), overflow)),
          new CacheEntry(
              new CacheDescription(
                  PAGE_CACHE,
                  "the operating system's pages of the mapped file: two lists, all layers, no"
                      + " cache of units",
                  "Linux, mm/vmscan.c",
                  false),
              (context, overflow) -> {
                throw new UserException(
                    "cache page-cache holds no units; it works only in replay (simulate, sweep)");
              }));

  private Caches() {}

  /** Every cache policy. */
  public static List<CacheDescription> all() {
    return ENTRIES.stream().map(CacheEntry::description).toList();
  }

  /**
   * Reads {@code policy} or {@code policy:overflow=rule}, the rule being lowest-index, random or
   * by-score.
   *
   * @throws UserException if the form, the policy or the rule is wrong
   */
  public static CacheSpec parse(String text) {
    String[] parts = text.split(":", 2);
    CacheSpec.Builder spec = CacheSpec.newBuilder().setPolicy(parts[0].strip());
    if (parts.length == 2) {
      String[] assignment = parts[1].split("=", 2);
      if (assignment.length != 2 || !assignment[0].strip().equals("overflow")) {
        throw new UserException(
            "cache '"
                + text
                + "': '"
                + parts[1]
                + "' is not a setting; write"
                + " policy:overflow=rule");
      }
      spec.setOverflow(overflow(assignment[1].strip()));
    }
    return check(spec.build());
  }

  private static Overflow overflow(String name) {
    return overflows().stream()
        .filter(rule -> print(rule).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown overflow rule '"
                        + name
                        + "'; "
                        + Nearest.hint(name, overflows().stream().map(Caches::print).toList())));
  }

  /** The overflow rules, the default first. */
  public static List<Overflow> overflows() {
    return Arrays.stream(Overflow.values()).filter(o -> o != Overflow.UNRECOGNIZED).toList();
  }

  /** An overflow rule as users write it. */
  public static String print(Overflow rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The description of a cache policy.
   *
   * @throws UserException if there is none of that name
   */
  public static CacheDescription describe(String policy) {
    return entry(policy).description();
  }

  /** The same specification, whose policy exists. */
  public static CacheSpec check(CacheSpec spec) {
    entry(spec.getPolicy());
    if (isPaged(spec) && spec.getOverflow() != Overflow.LOWEST_INDEX) {
      throw new UserException("cache page-cache holds no units, so it has no overflow rule");
    }
    return spec;
  }

  /** Whether weights are read through the operating system's page cache. */
  public static boolean isPaged(CacheSpec spec) {
    return spec.getPolicy().equals(PAGE_CACHE);
  }

  /** Whether nothing is ever kept. */
  public static boolean isNone(CacheSpec spec) {
    return spec.getPolicy().equals(NO_CACHE);
  }

  /** A cache of {@code units} units that never keeps one, for masks that ask no cache. */
  public static UnitCache none(int units) {
    return create(NONE, CacheContext.of(units, 0, 0));
  }

  /**
   * Makes an empty cache.
   *
   * @throws UserException if there is no such policy, or it sees the future and none is given
   */
  public static UnitCache create(CacheSpec spec, CacheContext context) {
    return entry(spec.getPolicy()).factory().create(context, rule(spec.getOverflow(), context));
  }

  private static OverflowRule rule(Overflow overflow, CacheContext context) {
    return switch (overflow) {
      case RANDOM -> new RandomOverflow(context.seed());
      case BY_SCORE -> new ByScoreOverflow(context.units());
      case LOWEST_INDEX, UNRECOGNIZED -> new LowestIndexOverflow();
    };
  }

  private static UnitCache batch(CacheContext context, Eviction eviction, OverflowRule overflow) {
    return new BatchCache(context.units(), context.capacity(), eviction, overflow);
  }

  private static FutureUses futureOf(CacheContext context) {
    FutureUses future = context.future();
    if (future == null) {
      throw new UserException(
          "cache belady must know every mask beforehand; it works only in replay");
    }
    return future;
  }

  private static CacheEntry entry(String policy) {
    return ENTRIES.stream()
        .filter(entry -> entry.description().name().equals(policy))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown cache '"
                        + policy
                        + "'; "
                        + Nearest.hint(
                            policy, all().stream().map(CacheDescription::name).toList())));
  }
}
