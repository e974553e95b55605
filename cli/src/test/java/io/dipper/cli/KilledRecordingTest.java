package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.testing.OnOneJdk;
import io.dipper.trace.TraceReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as processes: two of one output, one that is interrupted or killed, a full disk. */
@DisabledOnOs(OS.WINDOWS)
@OnOneJdk
class KilledRecordingTest {
  private static final int BLOCK = 128;

  @TempDir private Path folder;
  private Path out = Path.of("");
  private Path partial = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void name() {
    out = folder.resolve("t.arrow");
    partial = folder.resolve("t.arrow.partial");
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void interrupted_itExitsWith130_saysSo_andLeavesNothing() throws Exception {
    Interrupt.assumeHeard();
    Process process = start(out, longText());
    awaitRows(process);
    Interrupt.send(process);
    Ended ended = Ended.of(process);
    assertThat(ended.exit()).as(ended.output()).isEqualTo(130);
    assertThat(ended.output().lines())
        .containsExactly("dipper: interrupted; what was written of " + out + " is removed");
    assertThat(folder.toFile().list()).containsExactly("ids");
  }

  @Test
  void killed_itsLeftoverIsTakenOverByTheNext() throws Exception {
    Process process = start(out, longText());
    awaitRows(process);
    process.destroyForcibly().waitFor();
    assertThat(partial).exists();
    Ended.of(start(out, ids(2))).succeeds();
    assertThat(partial).doesNotExist();
    assertTokens(2 * BLOCK);
  }

  @Test
  void aSecondRecordingIntoOneFile_isRefused_andTheFirstIsWhole() throws Exception {
    Process first = start(out, ids(60));
    awaitRows(first);
    Ended second = Ended.of(start(out, ids(1), "--force"));
    assertThat(second.exit()).isEqualTo(2);
    assertThat(second.output().strip())
        .isEqualTo("dipper: " + out + ": another run is writing it; wait, or name another file");
    assertThat(Ended.of(first).succeeds()).contains("7,680 tokens");
    assertTokens(60 * BLOCK);
  }

  /** A limit on the size of files ends a write as a full disk does. */
  @Test
  void aFullDisk_isOneLine_andLeavesNothing() throws Exception {
    List<String> words = command(out, ids(20));
    String command = String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
    Process process = Ended.start(List.of("bash", "-c", "ulimit -f 1000; exec " + command));
    started.add(process);
    Ended ended = Ended.of(process);
    assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output().strip())
        .isEqualTo(
            "dipper: "
                + out
                + ": cannot be written (File too large); free space or name another place");
    assertThat(folder.toFile().list()).containsExactly("ids");
  }

  @Test
  void aDiskThatIsTooSmall_isRefusedBeforeAnythingIsRun() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", small.toString())
            .start();
    Assumptions.assumeTrue(
        mount.waitFor() == 0, "skipped: this user mounts no file system of a given size");
    try {
      Path there = small.resolve("t.arrow");
      Ended ended = Ended.of(start(there, ids(20)));
      assertThat(ended.exit()).as(ended.output()).isEqualTo(2);
      assertThat(ended.output().strip())
          .matches(
              "dipper: "
                  + there
                  + ": needs [0-9.]+ MB, and 1\\.05 MB are free there; give fewer --tokens or"
                  + " --sites, or record a --part, or name another place");
      assertThat(small).isEmptyDirectory();
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  private void assertTokens(int tokens) {
    try (TraceReader trace = TraceReader.open(out)) {
      trace.verify();
      assertThat(trace.tokens()).isEqualTo(tokens);
    }
  }

  private Path longText() throws IOException {
    return ids(4000);
  }

  /** So many blocks of tokens. */
  private Path ids(int blocks) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(blocks * BLOCK * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.putInt(3 + i % 200);
    }
    return Files.write(
        Files.createDirectories(folder.resolve("ids")).resolve(blocks + ".bin"), bytes.array());
  }

  private List<String> command(Path output, Path ids, String... more) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("trace", "-q", "--threads", 1, "--block", BLOCK, "--ids", ids));
    words.addAll(List.of("--model", Bookworm.MODEL, "-o", output));
    words.addAll(List.of(more));
    return Jvm.here().command(List.of("-XX:TieredStopAtLevel=1"), Main.class, words.toArray());
  }

  private Process start(Path output, Path ids, String... more) throws IOException {
    Process process = Ended.start(command(output, ids, more));
    started.add(process);
    return process;
  }

  private void awaitRows(Process process) throws Exception {
    while (Files.notExists(partial) || Files.size(partial) == 0) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(1);
    }
  }
}
