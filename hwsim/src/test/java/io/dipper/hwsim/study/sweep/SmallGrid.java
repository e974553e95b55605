package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.progress.Progress;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small sweep of the golden trace, to be run into folders. */
abstract class SmallGrid {
  static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  static final List<String> FILES =
      List.of(
          "points.parquet",
          "points.csv",
          "groups.parquet",
          "groups.csv",
          "points.config.jsonl",
          "skipped.csv",
          "sweep.resolved.yaml",
          "sensitivity.csv");

  /** Two devices, three memories of which one is too small, two caches, three policies. */
  static final String GRID =
      """
      accounting: des
      hardware: [paper, apple-a18]
      dram: [20%, 70%, 90%]
      cache: [lfu, belady]
      policy:
        - dense
        - dip: {density: 0.4}
        - dip-ca: {density: 0.5}
      """;

  @TempDir Path folder;
  Sweep sweep;

  @BeforeEach
  void writeGrid() throws IOException {
    sweep = Sweep.read(Files.writeString(folder.resolve("s.yaml"), GRID)).withTrace(TRACE);
  }

  Path run(String name, int threads) {
    Path out = folder.resolve(name);
    sweep.run(out, ExistingResults.REFUSE, threads, Progress.SILENT);
    return out;
  }

  static void assertSameFiles(Path actual, Path expected) {
    for (String name : FILES) {
      assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
    assertThat(actual.resolve("points.partial")).doesNotExist();
  }

  static List<PointResult> results(Path finished) {
    ResultDirectory directory = new ResultDirectory(finished);
    return directory.points().stream()
        .map(
            point ->
                new PointResult(
                    point,
                    directory.groups().stream()
                        .filter(group -> group.pointId().equals(point.pointId()))
                        .toList()))
        .toList();
  }
}
