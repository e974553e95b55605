package io.dipper.bench;

import io.dipper.hwsim.replay.cache.CacheContext;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.UnitCache;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One token's update of a cache of half the units by a mask of half the units. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CacheUpdateBenchmark {
  private static final int ROWS = 512;

  @Param({"4096", "14336"})
  int units;

  @Param({"lru", "lfu"})
  String policy = "lru";

  private UnitSet[] masks = {};
  private UnitCache cache = Caches.create(Caches.parse("none"), CacheContext.of(0, 0, 0));
  private float[] scores = {};
  private int next;

  @Setup
  public void setup() {
    TopK topK = new TopK(units);
    masks = new UnitSet[ROWS];
    scores = new float[units];
    int[] keys = new int[units];
    short[][] bits = ActivationRows.make(ROWS, units, 2);
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < units; i++) {
        keys[i] = TopK.key(Fp16.decode(bits[r][i]));
      }
      masks[r] = new UnitSet(units);
      topK.select(keys, units / 2, masks[r]);
    }
    cache = Caches.create(Caches.parse(policy), CacheContext.of(units, units / 2, 0));
  }

  @Benchmark
  public UnitSet update() {
    int row = next++ & (ROWS - 1);
    if (row == 0) {
      cache.reset();
    }
    cache.update(masks[row], scores);
    return cache.cached();
  }
}
