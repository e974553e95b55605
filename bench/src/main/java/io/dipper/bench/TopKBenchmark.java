package io.dipper.bench;

import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.select.MergedRanks;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/**
 * Half of the units: of recorded magnitudes as the JVM does it best, of float32 by radix histogram,
 * and by sorting.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TopKBenchmark {
  private static final int ROWS = 64;

  @Param({"4096", "14336"})
  int units;

  private int[][] keys = {};
  private final List<RecordedRow> rows = new ArrayList<>();
  private KeySelection selection = KeySelection.create(0);
  private final MergedRanks ranks = new MergedRanks(0.2f);
  private UnitSet favoured = new UnitSet(0);
  private long[] sorted = {};
  private TopK topK = new TopK(0);
  private UnitSet mask = new UnitSet(0);
  private int next;

  @Setup
  public void setup() {
    keys = new int[ROWS][units];
    sorted = new long[units];
    topK = new TopK(units);
    mask = new UnitSet(units);
    selection = KeySelection.create(units);
    favoured = new UnitSet(units);
    MemoryColumn column = new MemoryColumn(ActivationRows.make(ROWS, units, 1), 0);
    for (int r = 0; r < ROWS; r++) {
      RecordedRow row = new RecordedRow(units);
      row.read(column, r);
      rows.add(row);
      for (int i = 0; i < units; i++) {
        keys[r][i] = TopK.key(row.values()[i]);
      }
    }
  }

  private RecordedRow nextRow() {
    return rows.get(next++ & (ROWS - 1));
  }

  @Benchmark
  public UnitSet keys() {
    selection.largest(nextRow(), units / 2, mask);
    return mask;
  }

  /** DIP-CA: the units selected before are the favoured ones. */
  @Benchmark
  public UnitSet twoPopulations() {
    selection.select(nextRow().keys(), favoured, ranks, units / 2, mask);
    favoured.copyFrom(mask);
    return mask;
  }

  @Benchmark
  public UnitSet radix() {
    topK.select(keys[next++ & (ROWS - 1)], units / 2, mask);
    return mask;
  }

  /** Sorts keys with their indices below them, so that ties go to the lowest index. */
  @Benchmark
  public UnitSet sort() {
    int[] row = keys[next++ & (ROWS - 1)];
    for (int i = 0; i < units; i++) {
      sorted[i] = (long) row[i] << 32 | (units - i);
    }
    Arrays.sort(sorted);
    mask.clear();
    for (int r = units - units / 2; r < units; r++) {
      mask.add(units - (int) sorted[r]);
    }
    return mask;
  }
}
