package io.dipper.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders that sweeps leave behind, held against one another. */
public final class ResultFolders {
  private ResultFolders() {}

  /** Asserts that both are whole and have the same files, byte for byte. */
  public static void assertSame(Path actual, Path expected) throws IOException {
    assertThat(names(actual))
        .isEqualTo(names(expected))
        .contains("points.parquet", "points.csv", "points.config.jsonl", "report.html");
    for (String name : names(expected)) {
      assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> "" + file.getFileName()).sorted().toList();
    }
  }
}
