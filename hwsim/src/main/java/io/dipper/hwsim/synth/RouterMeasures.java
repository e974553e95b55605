package io.dipper.hwsim.synth;

import io.dipper.config.Digits;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.expert.ExpertPoint;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.expert.ExpertTotals;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.parallel.TaskPool;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.RouterMeasure;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What caches of experts see of a recording: how many experts return with the next token, how
 * unequally they are chosen, and hit rates. The same numbers of a recording and of a trace that was
 * drawn from it say how well it was matched. Over at most 16 layers and the first 4,096 tokens, of
 * which those of prompts count like any other.
 */
public final class RouterMeasures {
  private static final int MOST_LAYERS = 16;

  private final Excerpt recording;
  private final ChosenExperts[] layers;

  private RouterMeasures(Excerpt recording) {
    this.recording = recording;
    int[] routed = Experts.layers(recording.model());
    this.layers =
        IntStream.range(0, routed.length)
            .mapToObj(layer -> ChosenExperts.of(recording, layer))
            .toArray(ChosenExperts[]::new);
  }

  /** The measures; empty where no router was recorded. */
  public static Optional<RouterMeasure> of(Recording whole, int threads, Progress progress) {
    if (!whole.sites().contains(Site.ROUTER) && !whole.sites().contains(Site.EXPERTS)) {
      return Optional.empty();
    }
    Excerpt excerpt = Excerpt.ofRoutedLayers(whole, MOST_LAYERS, StatisticsFitter.MOST_TOKENS);
    return Optional.of(new RouterMeasures(excerpt).measure(threads, progress));
  }

  private RouterMeasure measure(int threads, Progress progress) {
    int experts = recording.model().getExperts();
    int k = recording.model().getExpertsPerToken();
    double[] rates = hitRates(threads, progress);
    boolean[] begins = recording.begins();
    return RouterMeasure.newBuilder()
        .setExperts(experts)
        .setPerToken(k)
        .setRepeated(mean(layer -> Math.max(0, layer.common(begins, 1)) / k))
        .setEntropy(mean(RouterMeasures::entropy))
        .setFirstWeight(mean(RouterMeasures::firstWeight))
        .setLruQuarter(rates[0])
        .setLruHalf(rates[1])
        .setLfuQuarter(rates[2])
        .setLfuHalf(rates[3])
        .build();
  }

  private double mean(ToDoubleFunction<ChosenExperts> measure) {
    return Digits.four(Arrays.stream(layers).mapToDouble(measure).average().orElse(0));
  }

  private static double entropy(ChosenExperts layer) {
    int[] uses = layer.uses();
    double all = Arrays.stream(uses).sum();
    double entropy = 0;
    for (int count : uses) {
      entropy -= count == 0 ? 0 : count / all * StrictMath.log(count / all);
    }
    return uses.length == 1 ? 1 : entropy / StrictMath.log(uses.length);
  }

  /** As a share of the k weights, which not every model makes sum to 1. */
  private static double firstWeight(ChosenExperts layer) {
    return Arrays.stream(layer.weights())
        .filter(weights -> weights.length > 0)
        .mapToDouble(weights -> weights[0] / Arrays.stream(weights).sum())
        .average()
        .orElse(0);
  }

  /** Of LRU, then LFU, with a quarter, then half of the experts, all of one byte. */
  private double[] hitRates(int threads, Progress progress) {
    int[] routed = Experts.layers(recording.model());
    int experts = recording.model().getExperts();
    long[] bytes = new long[routed.length];
    Arrays.fill(bytes, 1);
    ExpertUnits units = new ExpertUnits(experts, routed, bytes);
    Steps steps = Steps.of(recording.sequenceLengths(), List.of());
    double[] rates = new double[4];
    progress.start("measuring", "tokens", (long) rates.length * recording.tokens());
    try (TaskPool pool = new TaskPool(threads)) {
      pool.run(
          IntStream.range(0, rates.length)
              .<Runnable>mapToObj(
                  i ->
                      () -> {
                        long each = Math.max(1, experts / (i % 2 == 0 ? 4 : 2));
                        ExpertTotals totals =
                            new ExpertReplay(recording, steps, units, progress)
                                .run(point(i < 2 ? "lru" : "lfu", each * routed.length))
                                .totals(true);
                        rates[i] = Digits.four((double) totals.hits() / totals.lookups());
                      })
              .toList());
    }
    return rates;
  }

  private ExpertPoint point(String cache, long bytes) {
    return new ExpertPoint(
        ChosenExperts.policy(recording), Caches.parse(cache), bytes, 0, CacheStart.COLD);
  }
}
