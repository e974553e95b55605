package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.OnOneJdk;
import io.dipper.testing.ResultFolders;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps as processes that end before their work does: whatever ended them, the next one goes on
 * and leaves the bytes of an undisturbed run. {@code -Ddipper.kills=200} kills more often.
 */
@DisabledOnOs(OS.WINDOWS)
@OnOneJdk
class KilledSweepTest {
  private static final int KILLS = Integer.getInteger("dipper.kills", 5);
  private static final long SEED = Long.getLong("dipper.kills.seed", 7);
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  private static final String GRID =
      """
      accounting: des
      hardware: [paper, apple-a18]
      dram: [20%, 70%, 80%, 90%]
      cache: [lfu, lru]
      policy:
        - dense
        - dip: {density: [0.3, 0.4, 0.5, 0.6, 0.7]}
        - dip-ca: {density: [0.4, 0.5, 0.6]}
      """;

  @TempDir static Path folder;
  private static Path sweep = Path.of("");
  private static Path undisturbed = Path.of("");
  private static long undisturbedMillis;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    sweep = Files.writeString(folder.resolve("sweep.yaml"), GRID);
    undisturbed = folder.resolve("undisturbed");
    long start = System.nanoTime();
    Process process = start(undisturbed);
    assertThat(Ended.of(process).succeeds()).contains("108 points");
    undisturbedMillis = (System.nanoTime() - start) / 1_000_000;
  }

  @Test
  void killedAtRandom_andResumed_endsWithTheBytesOfAnUndisturbedRun() throws Exception {
    Random random = new Random(SEED);
    // How long a run takes changes with the machine's load, so it is followed.
    double span = undisturbedMillis;
    int inMidRun = 0;
    int sweeps = 0;
    int kills = 0;
    while (kills < KILLS) {
      Path out = folder.resolve("killed-" + sweeps++);
      boolean done = false;
      while (!done) {
        long begun = System.nanoTime();
        Process process = start(out, "--resume");
        long delay = (long) (span * (0.1 + random.nextDouble()));
        done = process.waitFor(delay, TimeUnit.MILLISECONDS);
        if (!done && kills < KILLS) {
          process.destroyForcibly().waitFor(); // kill -9
          kills++;
          span *= 1.05;
          inMidRun += Files.exists(out.resolve("points.partial")) ? 1 : 0;
        } else {
          assertThat(Ended.of(process).succeeds()).contains("108 points");
          span = (System.nanoTime() - begun) / 1e6;
          done = true;
        }
      }
      assertUndisturbed(out);
    }
    System.out.printf(
        "%d kills, %d of them while points were being written; %d sweeps, all of them with the"
            + " undisturbed bytes%n",
        kills, inMidRun, sweeps);
  }

  @Test
  void interrupted_itExitsWith130_keepsWhatIsFinished_andResumes() throws Exception {
    Interrupt.assumeHeard();
    Path out = folder.resolve("interrupted");
    Process process = start(out);
    awaitFirstPoint(process, out);
    Interrupt.send(process);
    Ended ended = Ended.of(process);
    String said = ended.output();
    assertThat(ended.exit()).as(said).isEqualTo(130);
    assertThat(said.lines()).containsExactly("dipper: interrupted; what was finished is kept");
    assertResumes(out);
  }

  /**
   * What is finished is a row on the disk, whatever ends the process: none of them is run again.
   */
  @Test
  void killed_itKeepsEveryRowThatWasFinished() throws Exception {
    Path out = folder.resolve("kept");
    Process process = start(out);
    awaitFirstPoint(process, out);
    process.destroyForcibly().waitFor(); // kill -9
    List<String> lines = Files.readAllLines(out.resolve("points.partial"));
    long whole = lines.stream().filter(line -> line.endsWith("}")).count();
    assertThat(whole).isBetween(1L, 107L);
    assertThat(Ended.of(start(out, "--resume")).succeeds())
        .contains("108 points, " + whole + " of them from before");
    assertUndisturbed(out);
  }

  /** A limit on the size of files ends a write in the middle of a row, as a full disk does. */
  @Test
  void aFullDisk_isOneLine_andResumesOnceThereIsRoom() throws Exception {
    Path out = folder.resolve("full");
    String command = String.join(" ", command(out).stream().map(word -> "'" + word + "'").toList());
    // More than any file that is written before the points are simulated, less than all rows.
    long kilobytes = Files.size(undisturbed.resolve("points.config.jsonl")) / 1024 + 2;
    Process process =
        Ended.start(List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec " + command));
    Ended ended = Ended.of(process);
    String said = ended.output();
    assertThat(ended.exit()).as(said).isEqualTo(1);
    assertThat(said.lines()).hasSize(1);
    assertThat(said).startsWith("dipper: " + out).contains("points.partial", "File too large");
    assertResumes(out);
  }

  @Test
  void aSecondProcessInTheSameFolder_isRefused_andTheFirstGoesOn() throws Exception {
    Path out = folder.resolve("twice");
    Process first = start(out);
    awaitFirstPoint(first, out);
    Process second = start(out, "--resume");
    Ended ended = Ended.of(second);
    String said = ended.output();
    assertThat(ended.exit()).as(said).isEqualTo(2);
    assertThat(said.strip())
        .isEqualTo(
            "dipper: "
                + out
                + ": another run is writing here; wait for it, or name another directory");
    assertThat(Ended.of(first).succeeds()).contains("108 points");
    assertUndisturbed(out);
  }

  private static List<String> command(Path out, String... more) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("sweep", sweep, "--trace", TRACE, "-q", "--threads", 2, "-o", out));
    words.addAll(List.of(more));
    return Jvm.here().command(List.of("-XX:TieredStopAtLevel=1"), Main.class, words.toArray());
  }

  private static Process start(Path out, String... more) throws IOException {
    return Ended.start(command(out, more));
  }

  private static void awaitFirstPoint(Process process, Path out) throws Exception {
    Path partial = out.resolve("points.partial");
    while (Files.notExists(partial) || Files.size(partial) == 0) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(1);
    }
  }

  /** Goes on with what is there, and ends with the undisturbed bytes. */
  private static void assertResumes(Path out) throws Exception {
    assertThat(Ended.of(start(out, "--resume")).succeeds())
        .containsPattern("108 points, \\d+ of them from");
    assertUndisturbed(out);
  }

  private static void assertUndisturbed(Path out) throws IOException {
    ResultFolders.assertSame(out, undisturbed);
  }
}
