package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.registry.Trait;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A token makes no garbage, whatever the policy and the cache. */
class AllocationTest {
  private static final int LAYER = 2;

  @AutoClose
  private static final TraceReader trace =
      TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dip:density=0.5                  | lfu
          dip:density=0.5                  | lru
          dip:density=0.5                  | none
          dip-ca:density=0.5               | lfu
          dip-ca:density=0.5,fixed_top=0.2 | lru
          dip-ca:density=0.5,warm_up=true  | lfu
          dip-ca:density=0.5,blend=true    | lfu
          approximate:density=0.5          | lfu
          approximate:density=0.5,gamma=.3 | lfu
          glu:keep=0.4                     | lfu
          gate:keep=0.4                    | lru
          up:keep=0.4                      | lfu
          cats:keep=0.4                    | lfu
          teal:keep=0.5                    | lru
          wina:density=0.5                 | lfu
          """)
  void tokens_makeNoGarbage(String spec, String cache) {
    check(spec, cache);
  }

  static Stream<String> caches() {
    return Caches.all().stream()
        .filter(
            cache ->
                Stream.of(Trait.PAGED, Trait.SEES_FUTURE, Trait.NEEDS_CALIBRATION)
                    .noneMatch(cache::has))
        .flatMap(
            cache ->
                cache.parameterNames().contains("admission")
                    ? Stream.of(cache.name(), cache.name() + ":admission=bypass")
                    : Stream.of(cache.name()));
  }

  @ParameterizedTest
  @MethodSource("caches")
  void tokensThroughAnyCache_makeNoGarbage(String cache) {
    check("dip:density=0.3", cache);
  }

  private static void check(String spec, String cache) {
    assumeFalse(
        Simd.available(), "vectors are objects until the compiler has seen the loops often");
    MaskPolicy policy =
        Policies.create(Policies.parse(spec), new PolicyContext(trace.model(), trace));
    for (int group = 0; group < policy.groups().size(); group++) {
      Player player = new Player(policy, cache, group);
      player.play();
      player.play();
      long before = allocated();
      player.play();
      assertThat(allocated() - before)
          .as("bytes in %d tokens", player.tokens())
          .isLessThan(4L * player.tokens());
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** The recorded tokens of a layer, played through one cache. */
  private static final class Player {
    private final CachePlayer cache;
    private final RecordedMasks masks;
    private final int tokens = IntStream.of(trace.sequenceLengths()).sum();

    Player(MaskPolicy policy, String cache, int group) {
      UnitGroup declared = policy.groups().get(group);
      int[] capacities = policy.groups().stream().mapToInt(g -> g.units() / 3).toArray();
      ReplayPoint point = new ReplayPoint(policy, Caches.parse(cache), capacities, 0);
      Demand demand = new Demand(policy.groups(), LAYER + 1, trace.sequenceLengths());
      this.cache =
          CachePlayer.unguessed(
              point,
              new Place(LAYER, trace.model().getLayers(), group),
              List.of(point.fetch().ofUnits().counting(demand, LAYER, group)));
      this.masks =
          new RecordedMasks(
              new RecordedSignals(trace, LAYER, declared.signals()),
              new MaskLoop(
                  policy.selector(LAYER, declared), this.cache.view(), List.of(this.cache)));
    }

    int tokens() {
      return tokens;
    }

    void play() {
      cache.begin();
      for (int from = 0; from < tokens; from += RowBlock.ROWS) {
        masks.play(from, from, Math.min(RowBlock.ROWS, tokens - from));
      }
    }
  }
}
