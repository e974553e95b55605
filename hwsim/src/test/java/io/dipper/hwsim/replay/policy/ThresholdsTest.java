package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.testing.SharedData;
import io.dipper.trace.Fp16;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Calibration, against the reference and against sorting. */
class ThresholdsTest {
  @Test
  void catsThresholds_areTheReferencesFloats() throws IOException {
    JsonNode points =
        new ObjectMapper()
            .readTree(SharedData.testdata("golden/bookworm.replay.json").toFile())
            .get("points");
    int checked = 0;
    try (TraceReader trace = trace()) {
      for (JsonNode point : points) {
        if (point.has("thresholds")) {
          float[] ours = Thresholds.calibrate(trace, Site.GATE, point.get("keep").asDouble());
          for (int layer = 0; layer < ours.length; layer++) {
            assertThat(ours[layer])
                .isEqualTo((float) point.get("thresholds").get(layer).asDouble());
            checked++;
          }
        }
      }
    }
    assertThat(checked).isEqualTo(6);
  }

  @Test
  void percentiles_interpolateBetweenTheRanksOfSortedMagnitudes() {
    try (TraceReader trace = trace()) {
      float[] sorted = sortedMagnitudes(trace.column(3, Site.X));
      for (double keep : new double[] {0, 0.1, 0.37, 0.5, 0.999, 1}) {
        double rank = (1 - keep) * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        double expected = sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
        assertThat((double) Thresholds.calibrate(trace, Site.X, keep)[3])
            .isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void aThreshold_isExceededStrictly() {
    UnitSet mask = new UnitSet(4);
    new ThresholdSelector(1f, 4)
        .select(
            new float[] {1, -1, 1.0000001f, -2},
            0,
            new CacheAwareSelectorsTest.State(mask, null),
            mask);
    assertThat(NaiveTopK.members(mask)).containsExactly(2, 3);
  }

  private static TraceReader trace() {
    return TraceReader.open(SharedData.testdata("golden/bookworm.arrow"));
  }

  private static float[] sortedMagnitudes(SiteColumn column) {
    float[] values = new float[column.rows() * column.width()];
    short[] row = new short[column.width()];
    for (int r = 0; r < column.rows(); r++) {
      column.read(r, row);
      for (int i = 0; i < row.length; i++) {
        values[r * row.length + i] = Math.abs(Fp16.decode(row[i]));
      }
    }
    Arrays.sort(values);
    return values;
  }
}
