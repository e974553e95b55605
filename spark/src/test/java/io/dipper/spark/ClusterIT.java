package io.dipper.spark;

import static io.dipper.spark.Sweeps.TRACE;
import static io.dipper.spark.Sweeps.dipper;
import static io.dipper.testing.ResultFolders.assertSame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.spark.Sweeps.Ran;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command on a real master with two workers, one of which is killed. */
@DisabledForJreRange(min = JRE.JAVA_24)
final class ClusterIT {
  private static final int POINTS = 432;

  /** Enough work for both workers to be in the middle of it. */
  private static final String GRID =
      """
      accounting: des
      hardware: [paper, apple-a18]
      dram: [70%, 75%, 80%, 85%, 90%, 95%]
      cache: [lru, lfu]
      policy:
        - dip: {density: [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]}
        - dip-ca: {density: [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]}
      """;

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void aWorkerKilledInMidRun_losesNothing() throws Exception {
    Path sweep = Files.writeString(folder.resolve("s.yaml"), GRID);
    Path here = folder.resolve("here");
    dipper("sweep", sweep, "--trace", TRACE, "-q", "-o", here);
    Path out = folder.resolve("out");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"))) {
      Process first = cluster.addWorker("first");
      Process second = cluster.addWorker("second");
      Process driver = drive(sweep, cluster.url(), out);
      await(driver, () -> cluster.hasExecutor("first") && cluster.hasExecutor("second"));
      await(driver, () -> lines(out.resolve("points.partial")) > 0);
      first.destroyForcibly().waitFor(); // kill -9
      assertThat(lines(out.resolve("points.partial"))).isBetween(1L, POINTS - 1L);
      String said = new String(driver.getInputStream().readAllBytes(), UTF_8);
      assertThat(driver.waitFor()).as(said).isZero();
      assertThat(said).contains(POINTS + " points");
      assertThat(second.isAlive()).isTrue();
    }
    assertSame(out, here);
  }

  /** It accepts connections and says nothing, as a machine that hangs does. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aMasterThatDoesNotAnswer_isOneLine() throws Exception {
    Path sweep = Files.writeString(folder.resolve("s.yaml"), Sweeps.SMALL);
    Path here = folder.resolve("here");
    dipper("sweep", sweep, "--trace", TRACE, "-q", "-o", here);
    Path out = folder.resolve("out");
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Process driver = drive(sweep, "spark://127.0.0.1:" + mute.getLocalPort(), out);
      String said = new String(driver.getInputStream().readAllBytes(), UTF_8);
      assertThat(driver.waitFor()).as(said).isEqualTo(2);
      assertThat(said.lines()).as(said).hasSize(1);
      assertThat(said).contains("the cluster does not answer, or has gone");
    }
    Ran ran = dipper("sweep", sweep, "--trace", TRACE, "-q", "-o", out, "--resume");
    assertThat(ran.exit()).as(ran.printed()).isZero();
    assertSame(out, here);
  }

  private Process drive(Path sweep, String master, Path out) throws IOException {
    Path root = SharedData.root();
    String classPath =
        String.join(
            ":",
            root.resolve("spark/target/spark") + "/*",
            "" + root.resolve("spark/target/dipper-spark.jar"),
            "" + root.resolve("cli/target/dipper.jar"));
    List<Object> words =
        List.of("io.dipper.cli.Main", "sweep", sweep, "--trace", TRACE, "-q", "-o", out);
    List<Object> engine =
        List.of("--engine", "spark", "--master", master, "--conf", "spark.executor.memory=512m");
    return StandaloneCluster.java(classPath, words, engine).redirectErrorStream(true).start();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Process driver, Condition condition) throws Exception {
    while (!condition.holds()) {
      if (!driver.isAlive()) {
        throw new AssertionError(new String(driver.getInputStream().readAllBytes(), UTF_8));
      }
      Thread.sleep(5);
    }
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }
}
