package io.dipper.hwsim.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.ExecutedBookworm.Planned;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.progress.Progress;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Speculation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that fail: each in one line, and nothing is left. */
class ExecutionFaultsTest {
  @AutoClose private final ExecutedBookworm bookworm = new ExecutedBookworm(6);
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void needsDirectReads() {
    file = folder.resolve("w.bin");
    try {
      run(lru(), RunListener.NONE);
    } catch (UserException e) {
      assumeTrue(false, "no direct reads in " + folder);
    }
  }

  private static PointConfig.Builder lru() {
    return ExecutedBookworm.config("dip:density=0.5", "lru", "60%");
  }

  private Executed run(PointConfig.Builder config, RunListener outputs) {
    return run(config, file, outputs);
  }

  private Executed run(PointConfig.Builder config, Path to, RunListener outputs) {
    ExecutionRequest request = new ExecutionRequest(to, false, 1, 2, WarmUp.of(0));
    Planned planned = bookworm.plan(config);
    return planned.execution(request).run(EngineListener.NONE, outputs, Progress.SILENT);
  }

  private static void inRow(int wanted, int row, int layer, int group, Runnable what) {
    if (row == wanted && layer == 0 && group == 0) {
      what.run();
    }
  }

  @Test
  void fileThatIsCutWhileItIsRead_endsTheRun_andIsRemoved() {
    RunListener cut = (row, layer, group, products) -> inRow(2, row, layer, group, this::cut);
    assertThatThrownBy(() -> run(lru(), cut))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": a read failed: the file has become shorter");
    assertThat(folder).isEmptyDirectory();
  }

  private void cut() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fileThatIsRemovedWhileItIsRead_isReadToTheEnd() {
    Planned planned = bookworm.plan(lru());
    Executed executed =
        run(lru(), (row, layer, group, products) -> inRow(2, row, layer, group, this::remove));
    assertThat(executed.counts().requests()).isEqualTo(planned.simulated().requests());
    assertThat(folder).isEmptyDirectory();
  }

  private void remove() {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void secondExecutionOnAFile_isRefused_andTheFirstGoesOn() {
    int[] refused = new int[1];
    run(
        lru(),
        (row, layer, group, products) ->
            inRow(
                3,
                row,
                layer,
                group,
                () -> {
                  assertThatThrownBy(() -> run(lru(), RunListener.NONE))
                      .isInstanceOf(UserException.class)
                      .hasMessage(file + ": another execution reads it; wait for it to end");
                  refused[0]++;
                }));
    assertThat(refused[0]).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fileOfTheUsers_isLeftAlone() throws IOException {
    Files.writeString(file, "a file of the user's");
    assertThatThrownBy(() -> run(lru(), RunListener.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is in the way, and no execution left it");
    assertThat(file).hasContent("a file of the user's");
  }

  @Test
  void placesThatCannotBeRead_areRefused() throws IOException {
    assertThatThrownBy(() -> run(lru(), folder.resolve("x").resolve("w.bin"), RunListener.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such folder");
    Path memory = Path.of("/dev/shm");
    if (Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs")) {
      assertThatThrownBy(() -> run(lru(), memory.resolve("dipper-w.bin"), RunListener.NONE))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("it lies in memory (tmpfs)");
    }
  }

  @Test
  void pointsThatNobodyCanRun_areRefused() {
    assertRefused(lru().setLayout(LayoutKind.ROW_MAJOR), "rows are not executed");
    assertRefused(
        lru().setMinRequest(8192), "reads are as long as their runs; leave --min-request out");
    assertRefused(ExecutedBookworm.config("dip:density=0.5", "belady", "60%"), "sees the future");
    PointConfig.Builder guessed = lru().setSpeculation(Speculation.PREVIOUS_LAYER);
    guessed.getHardwareBuilder().setOverlap(Overlap.PIPELINE);
    assertRefused(guessed, "guesses are not executed");
    PointConfig.Builder mixed =
        lru()
            .setBits(
                Quantisations.find("q8_0").bits(bookworm.model(), true).toBuilder().setMlp(6.5));
    assertRefused(mixed, "the MLP's weights have 6.5 bits");
    assertThat(folder).isEmptyDirectory();
  }

  private void assertRefused(PointConfig.Builder config, String why) {
    assertThatThrownBy(() -> run(config, RunListener.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("execute: ")
        .hasMessageContaining(why);
  }
}
