package io.dipper.bench.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.testing.SharedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How near the simulation comes to published speeds of masks that it was not fitted to. */
class StreamedMasksTest {
  @Test
  void masksThatStreamToAGpu_arePredicted() throws IOException {
    List<StreamedMasks.Row> published =
        StreamedMasks.rows(SharedData.external("data/devices/streamed.csv"));
    List<StreamedMasks.Row> rows =
        StreamedMasks.predicted(published, StreamedMasks.Fit.of(published));
    assertThat(rows).hasSize(11);
    for (StreamedMasks.Row row : rows) {
      if (row.fitted()) {
        assertThat(row.error()).as(row.id()).isCloseTo(0, within(1e-3));
      } else if (row.setting().startsWith("DIP")) {
        assertThat(row.error()).as(row.id()).isCloseTo(0, within(0.1));
      }
    }
    // The bytes of the dense run are those of the shape at 4 bits, and nothing is cached there.
    assertThat(rows.get(0).bytes()).isEqualTo(704_643_072);
  }
}
