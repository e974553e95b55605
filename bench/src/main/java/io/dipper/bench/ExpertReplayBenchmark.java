package io.dipper.bench;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.expert.ExpertPoint;
import io.dipper.hwsim.replay.expert.ExpertPolicy;
import io.dipper.hwsim.replay.expert.ExpertReplay;
import io.dipper.hwsim.replay.expert.ExpertUnits;
import io.dipper.hwsim.replay.expert.Steps;
import io.dipper.hwsim.replay.layout.ExpertSlices;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.synth.StatisticsFiles;
import io.dipper.hwsim.synth.SynthOptions;
import io.dipper.hwsim.synth.TraceSynthesizer;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Draws a trace of 4,096 tokens of 40 layers of 256 experts, 8 of them chosen, replays it on one
 * thread, and prints the tokens per second of processor time: {@code ExpertReplayBenchmark
 * [SECONDS]}. Caches hold a quarter of the experts.
 */
public final class ExpertReplayBenchmark {
  private static final int TOKENS = 4096;
  private static final ModelShape SHAPE =
      ModelShape.newBuilder()
          .setName("8 of 256")
          .setHiddenSize(2048)
          .setLayers(40)
          .setExperts(256)
          .setExpertsPerToken(8)
          .setExpertIntermediateSize(512)
          .setNormTopk(true)
          .build();

  private final TraceReader trace;
  private final ReplayRates rates;
  private final Steps steps;
  private final ExpertUnits units;

  private ExpertReplayBenchmark(TraceReader trace, double seconds) {
    this.trace = trace;
    this.rates = new ReplayRates(trace, seconds);
    this.steps = Steps.of(trace.sequenceLengths(), List.of());
    WeightBits bits = WeightBits.newBuilder().setMlp(4.5).build();
    this.units = ExpertUnits.of(trace.model(), ExpertSlices.of(trace.model(), bits));
  }

  public static void main(String[] args) throws IOException {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    Path file = Files.createTempFile("experts", ".arrow");
    try {
      SynthOptions options =
          new SynthOptions(
              SHAPE, TOKENS, TOKENS, SynthOptions.usualSites(SHAPE), 1, "ExpertReplayBenchmark");
      new TraceSynthesizer(options, StatisticsFiles.bundled(SHAPE)).write(file, 1, Progress.SILENT);
      try (TraceReader trace = TraceReader.open(file)) {
        ExpertReplayBenchmark benchmark = new ExpertReplayBenchmark(trace, seconds);
        for (String cache : List.of("none", "lru", "lru:scope=global", "lfu", "belady")) {
          benchmark.measure("router", cache);
        }
        benchmark.measure("cache-prior", "lru");
      }
    } finally {
      Files.delete(file);
    }
  }

  private void measure(String policy, String cache) {
    ExpertPolicy made =
        (ExpertPolicy)
            Policies.create(
                Policies.resolve(Policies.parse(policy)), new PolicyContext(trace.model(), trace));
    long bytes = units.allBytes() / 4;
    ExpertPoint point = new ExpertPoint(made, Caches.parse(cache), bytes, 0, CacheStart.COLD);
    ExpertReplay replay = new ExpertReplay(trace, steps, units, Progress.SILENT);
    double rate = rates.rate(TOKENS, () -> replay.run(point));
    System.out.printf(Locale.ROOT, "%-26s %-17s %10.0f tokens/s/core%n", policy, cache, rate);
  }
}
