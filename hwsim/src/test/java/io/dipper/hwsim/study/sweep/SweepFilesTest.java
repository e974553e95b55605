package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of a sweep are the same bytes however it was run. */
final class SweepFilesTest extends SmallGrid {
  @Test
  void files_areTheSameForAnyNumberOfThreads() {
    assertSameFiles(run("three", 3), run("one", 1));
  }

  @Test
  void files_areTheSameForAnyNumberOfThreads_withEveryWayOfFetching() throws IOException {
    Files.writeString(
        folder.resolve("phone.yaml"),
        """
        description: A phone that gets hot
        extends: snapdragon-8-gen-3
        flash:
          throttle_after: {value: 20 ms, from: assumed}
          throttled_bandwidth: {value: 0.4 GB/s, from: assumed}
          page_cache: {page_size: 4 KiB, read_ahead: 16 KiB, fault: 2 us, fault_threads: 2}
        """);
    sweep =
        Sweep.read(
                Files.writeString(
                    folder.resolve("ways.yaml"),
                    """
                    accounting: des
                    hardware: [phone.yaml, oneplus-15r]
                    dram: [75%]
                    cache: [lfu, page-cache]
                    layout: [column-major, bundled, row-major]
                    unit_order: [natural, co-activation]
                    max_gap: [0, 4 KiB]
                    min_request: [0, 8 KiB]
                    cache_start: [carried, prefilled]
                    speculation: [none, previous-layer]
                    policy: [dense, 'dip-ca:density=0.5']
                    """))
            .withTrace(TRACE);
    Path three = run("three", 3);
    assertSameFiles(three, run("one", 1));
    List<PointRow> rows = new ResultDirectory(three).points();
    assertThat(rows).extracting(PointRow::cache).contains("lfu", "page-cache");
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.LAYOUT))
        .contains("bundled", "row-major");
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.UNIT_ORDER))
        .contains("co-activation");
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.SPECULATION))
        .contains("previous-layer");
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.CACHE_START))
        .contains("carried", "prefilled");
    assertThat(rows).extracting(row -> row.setup().value(PointSettings.MAX_GAP)).contains(4096.0);
    assertThat(rows)
        .extracting(row -> row.setup().value(PointSettings.MIN_REQUEST))
        .contains(8192.0);
  }

  @Test
  void resolvedSweep_givesTheSamePointsAndItself() {
    Path first = run("first", 2);
    Path second = folder.resolve("second");
    Sweep.read(first.resolve("sweep.resolved.yaml"))
        .run(second, ExistingResults.REFUSE, 2, Progress.SILENT);
    assertSameFiles(second, first);
  }
}
