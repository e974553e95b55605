package io.dipper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.files.OutputFile.Existing;
import io.dipper.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class OutputFileTest {
  private static final Path RECORDING = SharedData.testdata("golden/bookworm.arrow");

  @TempDir Path folder;

  @Test
  void output_hasItsNameWhenItIsWhole_andLeavesNothingElse() throws IOException {
    Path file = folder.resolve("t.arrow");
    try (OutputFile output = OutputFile.recording(file, Existing.REFUSED)) {
      write(output, "whole");
      assertThat(file).doesNotExist();
      assertThat(folder.resolve("t.arrow.partial")).hasContent("whole");
      output.commit();
    }
    assertThat(file).hasContent("whole");
    assertThat(folder.toFile().list()).containsExactly("t.arrow");
  }

  @Test
  void outputThatIsNotCommitted_leavesNothing() throws IOException {
    try (OutputFile one = OutputFile.recording(folder.resolve("t.arrow"), Existing.REFUSED);
        OutputFile two = OutputFile.result(folder.resolve("l.csv"))) {
      write(one, "half");
      write(two, "half");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void interrupt_removesWhatIsOpen_andNamesTheRecordings() throws IOException {
    Path file = folder.resolve("t.arrow");
    try (OutputFile one = OutputFile.recording(file, Existing.REFUSED);
        OutputFile two = OutputFile.result(folder.resolve("l.csv"))) {
      write(one, "half");
      write(two, "half");
      assertThat(OpenOutputs.discard()).containsExactly(file);
      assertThat(folder).isEmptyDirectory();
      assertThatThrownBy(one::commit).hasMessageContaining("was interrupted");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void existingFile_isRefusedWithTheHint_orReplacedWhenTheNewOneIsWhole() throws IOException {
    Path file = Files.copy(RECORDING, folder.resolve("t.arrow"));
    assertThatThrownBy(() -> OutputFile.recording(file, Existing.REFUSED))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": is there already; --force replaces it");
    assertThat(folder.toFile().list()).containsExactly("t.arrow");
    try (OutputFile output = OutputFile.recording(file, Existing.REPLACED)) {
      write(output, "new");
      assertThat(file).hasSameBinaryContentAs(RECORDING);
      output.commit();
    }
    assertThat(file).hasContent("new");
  }

  @Test
  void modelsAndTraces_areNotReplacedByResults() throws IOException {
    for (String[] dear :
        new String[][] {
          {"a", "GGUF..."},
          {"b", "ARROW1.."},
          {"c.safetensors", "x"},
          {"config.json", "{}"},
          {"tokenizer.json", "{}"}
        }) {
      Path file = Files.writeString(folder.resolve(dear[0]), dear[1]);
      assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write('x')))
          .hasMessage(
              file + ": is a model or a trace, which results do not replace; name another file");
      assertThat(file).hasContent(dear[1]);
    }
  }

  @Test
  void secondRunOfAnOutput_isRefused_underAnySpelling() throws IOException {
    Path file = folder.resolve("t.arrow");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("t.arrow"));
    try (OutputFile first = OutputFile.recording(file, Existing.REFUSED)) {
      write(first, "first");
      for (Path again : new Path[] {file, link, folder.resolve("./t.arrow")}) {
        assertThatThrownBy(() -> OutputFile.recording(again, Existing.REPLACED))
            .isInstanceOf(UserException.class)
            .hasMessage(again + ": another run is writing it; wait, or name another file");
      }
      first.commit();
    }
    assertThat(file).hasContent("first");
  }

  @Test
  void aLinkStaysALink_andWhatItPointsToIsWritten() throws IOException {
    Path target = Files.writeString(folder.resolve("target.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("target.csv"));
    AtomicFile.write(link, out -> out.write('x'));
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("x");
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("new.csv"));
    AtomicFile.write(dangling, out -> out.write('y'));
    assertThat(dangling).isSymbolicLink();
    assertThat(folder.resolve("new.csv")).hasContent("y");
    Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    assertThatThrownBy(() -> AtomicFile.write(circle, out -> out.write('z')))
        .hasMessageContaining("is a link in a circle");
  }

  @Test
  void aLinkInAFolderOfResults_isNotFollowedOutOfIt() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.html"), "mine");
    Path results = Files.createDirectory(folder.resolve("results"));
    Path report = Files.createSymbolicLink(results.resolve("report.html"), mine);
    assertThatThrownBy(() -> AtomicFile.write(report, out -> out.write('x')))
        .hasMessage(
            report
                + ": is a link to "
                + mine.toRealPath()
                + ", which would be written over, and nobody named it; remove the link");
    assertThat(mine).hasContent("mine");
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), results);
    AtomicFile.write(linked.resolve("points.csv"), out -> out.write('x'));
    AtomicFile.write(linked.resolve("points.csv"), out -> out.write('y'));
    assertThat(results.resolve("points.csv")).hasContent("y");
  }

  @Test
  void permissionsOfAFileThatIsReplaced_stay() throws IOException {
    Path file = Files.writeString(folder.resolve("l.csv"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    AtomicFile.write(file, out -> out.write('x'));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void writeProtectedFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("l.csv"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Assumptions.assumeFalse(Files.isWritable(file), "skipped: this user may write every file");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write('x')))
        .hasMessage(file + ": is write-protected; name another file");
  }

  @Test
  void pipe_isWrittenTo_andStays() throws Exception {
    Path pipe = pipe("pipe");
    CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> bytes(pipe));
    AtomicFile.write(pipe, out -> out.write("through".getBytes(StandardCharsets.UTF_8)));
    assertThat(read.get()).asString(StandardCharsets.UTF_8).isEqualTo("through");
    assertIsOther(pipe);
    assertThat(folder.toFile().list()).containsExactly("pipe");
  }

  @Test
  void pipesAndDevices_areRefusedForRecordings_andStay() throws Exception {
    for (Path special : new Path[] {pipe("pipe"), Path.of("/dev/null")}) {
      assertThatThrownBy(() -> OutputFile.recording(special, Existing.REPLACED))
          .hasMessage(
              special + ": is a pipe or a device, and a trace is read in place; name a file");
      assertIsOther(special);
    }
  }

  @Test
  void fullDisk_isOneLine_andLeavesTheDevice() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    assertThatThrownBy(() -> AtomicFile.write(full, out -> out.write('x')))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "/dev/full: cannot be written (No space left on device); free space or name another"
                + " place");
    assertIsOther(full);
  }

  @Test
  void leftoverOfAKilledRun_isTakenOver() throws IOException {
    Path file = folder.resolve("t.arrow");
    for (String left : new String[] {"ARROW1 and much more than will be written", "ARR", ""}) {
      Files.deleteIfExists(file);
      Files.writeString(folder.resolve("t.arrow.partial"), left);
      try (OutputFile output = OutputFile.recording(file, Existing.REPLACED)) {
        write(output, "whole");
        output.commit();
      }
      assertThat(file).hasContent("whole");
      assertThat(folder.toFile().list()).containsExactly("t.arrow");
    }
  }

  @Test
  void whatNoRunLeft_isKept() throws IOException {
    Path file = folder.resolve("t.arrow");
    Path partial = folder.resolve("t.arrow.partial");
    Path text = Files.writeString(folder.resolve("text"), "ARROW1 of my own");
    Files.writeString(partial, "my notes");
    assertInTheWay(file, partial);
    Files.delete(partial);
    Files.createLink(partial, text);
    assertInTheWay(file, partial);
    Files.delete(partial);
    Files.createSymbolicLink(partial, text);
    assertInTheWay(file, partial);
    Files.delete(partial);
    Files.createDirectory(partial);
    assertInTheWay(file, partial);
    assertThat(text).hasContent("ARROW1 of my own");
  }

  @Test
  void foldersAndPlacesThatAreNone_areOneLine() throws IOException {
    assertThatThrownBy(() -> OutputFile.recording(folder, Existing.REPLACED))
        .hasMessage(folder + ": is a folder; name a file");
    Path nowhere = folder.resolve("no/t.arrow");
    assertThatThrownBy(() -> OutputFile.recording(nowhere, Existing.REPLACED))
        .hasMessageStartingWith(nowhere + ": cannot be written (its folder does not exist)");
    Files.writeString(folder.resolve("file"), "");
    Path below = folder.resolve("file/t.arrow");
    assertThatThrownBy(() -> OutputFile.recording(below, Existing.REPLACED))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(below + ": ");
    assertThatThrownBy(() -> OutputFile.recording(Path.of("-"), Existing.REPLACED))
        .hasMessageContaining("./-");
    assertThatThrownBy(() -> OutputFile.result(Path.of("")))
        .hasMessage("the name of an output is empty; name a file");
    assertThatThrownBy(() -> OutputFile.recording(Path.of("/"), Existing.REPLACED))
        .hasMessage("/: is a folder; name a file");
  }

  private void assertInTheWay(Path file, Path partial) throws IOException {
    assertThatThrownBy(() -> OutputFile.recording(file, Existing.REPLACED))
        .hasMessage(
            folder.toRealPath().resolve(partial.getFileName())
                + ": is in the way, and no run of Dipper left it; move it, or name another output");
    assertThat(partial).exists();
  }

  private static void write(OutputFile output, String text) throws IOException {
    output.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Path pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    Assumptions.assumeTrue(made.waitFor() == 0, "skipped: this system makes no pipes");
    return pipe;
  }

  private static void assertIsOther(Path path) throws IOException {
    assertThat(
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther())
        .isTrue();
  }

  private static byte[] bytes(Path path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Files.copy(path, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
