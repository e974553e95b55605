package io.dipper.hwsim.replay.cache;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.dipper.error.UserException;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.Overflow;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.FileContents;
import io.dipper.registry.Parameter;
import io.dipper.registry.PluginFailure;
import io.dipper.registry.Plugins;
import io.dipper.registry.Registry;
import io.dipper.registry.Trait;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cache policies there are: named explicitly, checked against their declarations. */
public final class Caches {
  private static final String KIND = "cache";

  private static final Registry<CacheFactory> ENTRIES =
      new Registry<>(
          KIND,
          () ->
              Plugins.current()
                  .extend(
                      KIND,
                      List.of(
                          NoCache.ENTRY,
                          LeastRecentlyUsed.ENTRY,
                          LeastFrequentlyUsed.ENTRY,
                          LfuAging.ENTRY,
                          Fifo.ENTRY,
                          Clock.ENTRY,
                          SegmentedLru.ENTRY,
                          TwoQueue.ENTRY,
                          AdaptiveReplacement.ENTRY,
                          S3Fifo.ENTRY,
                          Sieve.ENTRY,
                          LeastStale.ENTRY,
                          Window.ENTRY,
                          Hot.ENTRY,
                          Belady.ENTRY,
                          OptionalAdmission.ENTRY,
                          MappedPages.ENTRY),
                      CacheProvider.class)
                  .stream()
                  .map(Caches::withCommonParameters)
                  .toList());

  /** Nothing is ever kept. */
  public static final CacheSpec NONE =
      CacheSpec.newBuilder().setPolicy(NoCache.ENTRY.name()).build();

  private Caches() {}

  /** What every cache of units that come and go can be told, beside what is its own. */
  private static Declared<CacheFactory> withCommonParameters(Declared<CacheFactory> entry) {
    Description description = entry.description();
    boolean none = Stream.of(Trait.KEEPS_NOTHING, Trait.PAGED).anyMatch(description::has);
    if (none) {
      return entry;
    }
    boolean own = Stream.of(Trait.PINNED, Trait.OWN_ADMISSION).anyMatch(description::has);
    List<Parameter> common = own ? List.of(CacheParameters.SCOPE) : CacheParameters.COMMON;
    return entry.as(description.with(common.toArray(Parameter[]::new)));
  }

  /** What there is to choose. */
  public static Registry<CacheFactory> registry() {
    return ENTRIES;
  }

  /** Every cache policy, in the order of the documentation. */
  public static List<Description> all() {
    return ENTRIES.all();
  }

  /**
   * What users are told of a cache policy.
   *
   * @throws UserException if there is none of that name
   */
  public static Description describe(String policy) {
    return ENTRIES.find(policy).description();
  }

  /**
   * Whether a cache or its overflow rule has a trait; a cache that is not named has none.
   *
   * @throws UserException if there is no such cache
   */
  public static boolean has(CacheSpec spec, Trait trait) {
    return !spec.getPolicy().isEmpty()
        && (describe(spec.getPolicy()).has(trait) || OverflowRules.has(spec.getOverflow(), trait));
  }

  /** Whether every missed unit enters the cache for which there is room. */
  public static boolean mustAdmit(CacheSpec spec) {
    Choice resolved = resolve(choice(spec));
    return resolved.has(CacheParameters.ADMISSION.name()) && !CacheParameters.bypasses(resolved);
  }

  /**
   * Reads {@code policy} or {@code policy:key=value,key=value}, and checks it.
   *
   * @throws UserException if the form, the policy or a parameter is wrong
   */
  public static CacheSpec parse(String text) {
    return spec(resolve(Choice.parse("cache", text)));
  }

  /**
   * The cache with the defaults of its own parameters filled in. An overflow rule and an admission
   * that are the default are left out.
   *
   * @throws UserException if the policy or a parameter is unknown or out of range
   */
  public static CacheSpec check(CacheSpec spec) {
    return spec(resolve(choice(spec)), spec.getFileSha256Map());
  }

  /**
   * The cache with each of these overflow rules, unless it says itself what enters it, or has no
   * such rule.
   *
   * @throws UserException if the policy or a parameter is unknown or out of range
   */
  public static List<CacheSpec> each(Choice choice, List<String> rules) {
    Choice resolved = resolve(choice);
    String overflow = CacheParameters.OVERFLOW.name();
    boolean fixed =
        rules.isEmpty()
            || choice.has(overflow)
            || !resolved.has(overflow)
            || CacheParameters.bypasses(resolved);
    return fixed
        ? List.of(spec(resolved))
        : rules.stream().map(rule -> spec(resolved.with(overflow, Values.of(rule)))).toList();
  }

  private static Choice resolve(Choice choice) {
    Choice resolved = ENTRIES.resolve(choice);
    if (resolved.has(CacheParameters.ADMISSION.name())) {
      CacheParameters.check(resolved);
    }
    return resolved;
  }

  /** A cache of {@code units} units that never keeps one, for masks that ask no cache. */
  public static UnitCache none(int units) {
    return create(NONE, CacheContext.of(units, 0, 0));
  }

  /**
   * Makes an empty cache.
   *
   * @throws UserException if there is no such policy, or the context lacks what it needs
   */
  public static UnitCache create(CacheSpec spec, CacheContext context) {
    Choice resolved = resolve(choice(spec));
    Declared<CacheFactory> entry = ENTRIES.find(resolved.name());
    return PluginFailure.guard(entry, KIND, () -> entry.value().create(resolved, context));
  }

  /**
   * Makes an empty cache of units that share a budget of bytes, and are looked up in batches.
   *
   * @throws UserException if there is no such policy, it has no form for such units, or the context
   *     lacks what it needs
   */
  public static SizedCache createSized(CacheSpec spec, CacheContext context) {
    checkSized(spec);
    if (create(spec, context) instanceof SizedCache cache) {
      return cache;
    }
    throw noFormForExperts(spec);
  }

  /**
   * Checks what of a cache can be known without making it.
   *
   * @throws UserException if there is no such policy, or it has no form for units that share a
   *     budget of bytes
   */
  public static void checkSized(CacheSpec spec) {
    CacheParameters.checkSized(resolve(choice(spec)));
    if (has(spec, Trait.COUNTS_TOKENS) || has(spec, Trait.PAGED)) {
      throw noFormForExperts(spec);
    }
  }

  private static UserException noFormForExperts(CacheSpec spec) {
    String others =
        ENTRIES.all().stream()
            .filter(d -> Stream.of(Trait.COUNTS_TOKENS, Trait.PAGED).noneMatch(d::has))
            .map(Description::name)
            .collect(Collectors.joining(", "));
    return new UserException(
        "cache " + spec.getPolicy() + " has no form for experts; choose one of " + others);
  }

  /** Whether units of all layers share one cache. */
  public static boolean isGlobal(CacheSpec spec) {
    return choice(spec).textOf(CacheParameters.SCOPE.name()).equals(CacheParameters.GLOBAL);
  }

  /** The files that a cache reads, e.g. a trace to calibrate on. */
  public static List<Path> files(CacheSpec spec) {
    return List.copyOf(ENTRIES.files(choice(spec)).values());
  }

  /**
   * @throws UserException if a file that a cache names is not what it was when it was resolved
   */
  public static void checkFiles(CacheSpec spec) {
    FileContents.check(ENTRIES.files(choice(spec)), spec.getFileSha256Map());
  }

  /** A cache as its name and all that it was told, its overflow rule included. */
  public static Choice choice(CacheSpec spec) {
    Struct.Builder parameters = spec.getParameters().toBuilder();
    if (spec.getOverflow() != Overflow.LOWEST_INDEX) {
      parameters.putFields(
          CacheParameters.OVERFLOW.name(), Values.of(OverflowRules.name(spec.getOverflow())));
    }
    return new Choice(spec.getPolicy(), parameters.build());
  }

  private static CacheSpec spec(Choice choice) {
    return spec(choice, Map.of());
  }

  /**
   * The overflow rule has a field of its own; what is the default of every cache is left out.
   *
   * @param digests of the files that it names, where they are known
   */
  private static CacheSpec spec(Choice choice, Map<String, String> digests) {
    CacheSpec.Builder spec =
        CacheSpec.newBuilder()
            .setPolicy(choice.name())
            .putAllFileSha256(
                digests.isEmpty() ? FileContents.digests(ENTRIES.files(choice)) : digests)
            .setPluginSha256(ENTRIES.find(choice.name()).plugin());
    Struct.Builder parameters = choice.parameters().toBuilder();
    if (!choice.textOf(CacheParameters.SCOPE.name()).equals(CacheParameters.GLOBAL)) {
      parameters.removeFields(CacheParameters.SCOPE.name());
    }
    String overflow = CacheParameters.OVERFLOW.name();
    if (choice.has(overflow)) {
      spec.setOverflow(OverflowRules.kind(choice.text(overflow)));
      parameters.removeFields(overflow);
      if (!CacheParameters.bypasses(choice)) {
        parameters.removeFields(CacheParameters.ADMISSION.name());
      }
    }
    return parameters.getFieldsCount() == 0 ? spec.build() : spec.setParameters(parameters).build();
  }
}
