package io.dipper.hwsim.replay.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.testing.SharedData;
import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache of the units that a trace selects most often, against counting and sorting them. */
class HotCacheTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  /** GLU units of the embedded model, and 30 % of them. */
  private static final int UNITS = 512;

  private static final int KEPT = 153;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 153, 300, 512, 600})
  void hits_areThoseOfTheUnitsSelectedMostOften(int capacity) {
    try (TraceReader trace = TraceReader.open(TRACE)) {
      Demand demand = replay(trace, "hot", capacity);
      Demand calibrated = replay(trace, "hot:calibration=" + TRACE, capacity);
      for (int layer = 0; layer < demand.layers(); layer++) {
        List<Set<Integer>> masks = masks(trace, layer);
        Set<Integer> hot = mostSelected(masks, capacity);
        for (int row = 0; row < masks.size(); row++) {
          Set<Integer> hit = new HashSet<>(masks.get(row));
          hit.retainAll(hot);
          assertThat(demand.hits(0, layer, row)).as("row %d", row).isEqualTo(hit.size());
          assertThat(calibrated.hits(0, layer, row)).isEqualTo(hit.size());
        }
      }
    }
  }

  private static Set<Integer> mostSelected(List<Set<Integer>> masks, int count) {
    int[] uses = new int[UNITS];
    masks.forEach(mask -> mask.forEach(unit -> uses[unit]++));
    return new HashSet<>(
        IntStream.range(0, UNITS)
            .boxed()
            .sorted(Comparator.comparingInt((Integer unit) -> -uses[unit]).thenComparing(u -> u))
            .limit(count)
            .toList());
  }

  private static List<Set<Integer>> masks(Recording trace, int layer) {
    SiteColumn column = trace.column(layer, Site.GLU);
    short[] bits = new short[UNITS];
    List<Set<Integer>> masks = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      column.read(row, bits);
      float[] values = new float[UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        values[unit] = Math.abs(Fp16.decode(bits[unit]));
      }
      masks.add(NaiveTopK.of(values, KEPT));
    }
    return masks;
  }

  private static Demand replay(Recording trace, String cache, int capacity) {
    ReplayPoint point =
        new ReplayPoint(
            Policies.create(
                Policies.parse("glu:keep=0.3"), new PolicyContext(trace.model(), trace)),
            Caches.parse(cache),
            new int[] {capacity},
            42,
            new SequenceStart(CacheStart.COLD, new HotUnits(trace)),
            FetchRules.plain(1));
    return new Replay(trace, 1, Progress.SILENT).run(List.of(point)).get(0);
  }
}
