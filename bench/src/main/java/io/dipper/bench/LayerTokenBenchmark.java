package io.dipper.bench;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Access;
import io.dipper.hwsim.replay.demand.CachePlayer;
import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.demand.MaskLoop;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All that a replay does for one layer and token of Llama-3-8B: decode both sites, select, update
 * both caches. 32 of these are a token.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LayerTokenBenchmark {
  private static final int ROWS = 256;

  @Param({"dip:density=0.5", "dip-ca:density=0.5", "approximate:density=0.5"})
  String policy = "";

  @Param({"lfu", "lru"})
  String cache = "";

  private final int[] units = {
    ActivationRows.LLAMA_3_8B.getHiddenSize(), ActivationRows.LLAMA_3_8B.getIntermediateSize()
  };
  private final RecordedRow[] rows = new RecordedRow[2];
  private final SiteColumn[] columns = new SiteColumn[2];
  private final CachePlayer[] caches = new CachePlayer[2];
  private final MaskLoop[] loops = new MaskLoop[2];
  private final Signals[] signals = new Signals[2];
  private long hits;

  @Setup
  public void setup() {
    MaskPolicy made =
        Policies.create(Policies.parse(policy), new PolicyContext(ActivationRows.LLAMA_3_8B, null));
    int[] capacities = {units[0] / 2, units[1] / 2};
    ReplayPoint point = new ReplayPoint(made, Caches.parse(cache), capacities, 0);
    MadeUpRecording recording = new MadeUpRecording(ROWS);
    for (int g = 0; g < 2; g++) {
      this.columns[g] = recording.column(0, g == 0 ? Site.X : Site.GLU);
      rows[g] = new RecordedRow(units[g]);
      signals[g] = new Signals(List.of(rows[g]));
      caches[g] =
          new CachePlayer(
              point,
              new Place(0, ActivationRows.LLAMA_3_8B.getLayers(), g),
              null,
              () -> {
                throw new IllegalStateException("nothing is guessed");
              },
              List.of(this::count));
      loops[g] =
          new MaskLoop(
              made.selector(0, made.groups().get(g)), caches[g].view(), List.of(caches[g]));
    }
  }

  private void count(Access access) {
    hits += access.wanted().intersectionSize(access.present());
  }

  @Setup(Level.Invocation)
  public void newSequence() {
    caches[0].begin();
    caches[1].begin();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long sequence() {
    for (int row = 0; row < ROWS; row++) {
      for (int g = 0; g < 2; g++) {
        rows[g].read(columns[g], row);
        Signals token = signals[g].at(row);
        loops[g].play(r -> token, row, 1);
      }
    }
    return hits;
  }
}
