package io.dipper.spark;

import static io.dipper.spark.Sweeps.SMALL;
import static io.dipper.spark.Sweeps.TRACE;
import static io.dipper.spark.Sweeps.dipper;
import static io.dipper.testing.ResultFolders.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.spark.Sweeps.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** {@code --engine spark} in one JVM, beside the engine of this machine. */
final class SparkEngineTest {
  @TempDir static Path folder;
  private static Path sweep = Path.of("");
  private static Path local = Path.of("");

  @BeforeAll
  static void runHere() throws IOException {
    sweep = Files.writeString(folder.resolve("s.yaml"), SMALL);
    local = folder.resolve("local");
    Ran ran = dipper("sweep", sweep, "--trace", TRACE, "-q", "-o", local);
    assertThat(ran.exit()).as(ran.printed()).isZero();
  }

  private static Ran onSpark(Path out, Object... more) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("sweep", sweep, "--trace", TRACE, "-q", "-o", out, "--engine", "spark"));
    words.addAll(List.of(more));
    if (!words.contains("--master")) {
      words.addAll(List.of("--master", "local[2]"));
    }
    return dipper(words.toArray());
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void twoCoresOfSpark_writeTheSameBytes() throws IOException {
    Path out = folder.resolve("spark");
    Ran ran = onSpark(out);
    assertThat(ran.exit()).as(ran.printed()).isZero();
    assertSame(out, local);
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void aTraceOnAHadoopFileSystem_isCopiedToTheExecutor() throws IOException {
    Path out = folder.resolve("hadoop");
    Ran ran = onSpark(out, "--cluster-trace", "file://" + TRACE.toAbsolutePath().normalize());
    assertThat(ran.exit()).as(ran.printed()).isZero();
    assertSame(out, local);
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void whatIsThereAlready_isKeptByResume() throws IOException {
    Path out = Files.createDirectories(folder.resolve("resumed"));
    String kept = line(3) + "\n" + line(0) + "\n";
    Files.writeString(out.resolve("points.partial"), kept + line(1).substring(0, 99));
    Ran ran = onSpark(out, "--resume");
    assertThat(ran.printed()).contains("20 points, 2 of them from before");
    assertSame(out, local);
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void anotherTraceOnTheCluster_isRefusedByItsDigest() throws IOException {
    Path other = folder.resolve("other.arrow");
    byte[] bytes = Files.readAllBytes(TRACE);
    bytes[bytes.length / 2] ^= 1;
    Files.write(other, bytes);
    Ran ran = onSpark(folder.resolve("digest"), "--cluster-trace", other);
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.printed().lines()).hasSize(1);
    assertThat(ran.printed()).contains("is not the trace that the sweep was planned on");
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void aTraceThatTheClusterCannotSee_isOneLine() {
    for (String place : List.of("/no/such.arrow", "file:///no/such.arrow", "nfs42://x/y.arrow")) {
      Ran ran = onSpark(folder.resolve("nowhere"), "--cluster-trace", place, "--resume");
      assertThat(ran.exit()).as(ran.printed()).isEqualTo(2);
      assertThat(ran.printed().lines()).hasSize(1);
      assertThat(ran.printed()).startsWith("dipper: " + place + ": ");
    }
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void aMasterThatIsNotThere_isOneLine_andTheFolderCanBeResumed() throws IOException {
    Path out = folder.resolve("no-master");
    for (String master : List.of("spark://127.0.0.1:1", "spark://no-such-host.invalid:7077")) {
      Ran ran = onSpark(out, "--master", master, "--resume");
      assertThat(ran.exit()).as(ran.printed()).isEqualTo(2);
      assertThat(ran.printed().lines()).hasSize(1);
      assertThat(ran.printed())
          .startsWith("dipper: --master " + master + ": no master can be reached there (");
    }
    Ran ran = dipper("sweep", sweep, "--trace", TRACE, "-q", "-o", out, "--resume");
    assertThat(ran.exit()).as(ran.printed()).isZero();
    assertSame(out, local);
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24)
  void whatSparkRefuses_isOneLine() {
    List<String[]> refused =
        List.of(
            new String[] {"--master", "spark://nowhere"},
            new String[] {"--master", "nonsense"},
            new String[] {"--conf", "spark.executor.memory=much"},
            new String[] {"--conf", "spark.serializer=none.Such"});
    for (String[] words : refused) {
      Ran ran = onSpark(folder.resolve("refused"), words[0], words[1], "--resume");
      assertThat(ran.exit()).as(ran.printed()).isEqualTo(2);
      assertThat(ran.printed().lines()).as(ran.printed()).hasSize(1);
    }
  }

  @Test
  void withoutAMaster_isRefused() {
    Ran ran = dipper("sweep", sweep, "--engine", "spark", "-o", folder.resolve("x"));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.printed()).contains("--engine spark: needs --master");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void aJdkThatSparkDoesNotRunOn_isNamed() {
    Ran ran = onSpark(folder.resolve("x"));
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.printed()).contains("Spark 4.0 runs on JDK 17 or 21");
  }

  /** A point of the local sweep as a sweep that goes on keeps it. */
  private static String line(int index) {
    ResultDirectory results = new ResultDirectory(local);
    PointRow point = results.points().get(index);
    return RowJson.line(
        new PointResult(
            point,
            results.groups().stream()
                .filter(group -> group.pointId().equals(point.pointId()))
                .toList()));
  }
}
