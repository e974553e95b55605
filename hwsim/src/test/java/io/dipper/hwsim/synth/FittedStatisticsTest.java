package io.dipper.hwsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.cache.UserCache;
import io.dipper.progress.Progress;
import io.dipper.proto.ActivationStatistics;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording is fitted once: what is remembered, and when it is fitted again. */
class FittedStatisticsTest {
  private static final Path BOOKWORM = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  /** How often something was worked out. */
  private static final class Work implements Progress {
    private int tasks;

    @Override
    public void start(String task, String unit, long total) {
      tasks++;
    }

    @Override
    public void advance(long done) {}
  }

  @Test
  void aRecording_isFittedOnce() {
    Work first = new Work();
    ActivationStatistics fitted = of(folder.resolve("cache"), first);
    try (TraceReader trace = TraceReader.open(BOOKWORM)) {
      assertThat(fitted).isEqualTo(StatisticsFitter.fit(trace, 2, Progress.SILENT));
    }
    assertThat(first.tasks).isPositive();
    Work second = new Work();
    assertThat(of(folder.resolve("cache"), second)).isEqualTo(fitted);
    assertThat(second.tasks).isZero();
  }

  @Test
  void whatIsRememberedOfAnother_orIsDamaged_isNotUsed() throws IOException {
    Path cache = folder.resolve("cache");
    ActivationStatistics fitted = of(cache, new Work());
    Path entry = entry(cache);
    byte[] whole = Files.readAllBytes(entry);
    assertThat(entry.getFileName().toString()).startsWith(sha256());
    for (byte[] damaged :
        new byte[][] {
          new byte[0],
          "no statistics".getBytes(StandardCharsets.UTF_8),
          Arrays.copyOf(whole, whole.length / 2)
        }) {
      Files.write(entry, damaged);
      Work again = new Work();
      assertThat(of(cache, again)).isEqualTo(fitted);
      assertThat(again.tasks).isPositive();
      assertThat(entry).hasBinaryContent(whole);
    }
  }

  @Test
  void aCacheThatCannotBeWritten_onlyCostsTheTime() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Work work = new Work();
    ActivationStatistics fitted = of(file.resolve("cache"), work);
    assertThat(of(file.resolve("cache"), work)).isEqualTo(fitted);
  }

  private static ActivationStatistics of(Path cache, Progress progress) {
    try (TraceReader trace = TraceReader.open(BOOKWORM)) {
      return new FittedStatistics(new UserCache(cache)).of(trace, 2, progress);
    }
  }

  private static String sha256() {
    try (TraceReader trace = TraceReader.open(BOOKWORM)) {
      return trace.sha256();
    }
  }

  private static Path entry(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("statistics"))) {
      return files.findFirst().orElseThrow();
    }
  }
}
