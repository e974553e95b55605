package io.dipper.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.files.OutputFile.Existing;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an output replaces: files of its own kind, whatever they are called. */
class FileKindTest {
  private static final Path RECORDING = SharedData.testdata("golden/bookworm.arrow");

  @TempDir private Path folder;

  @Test
  void aRecording_replacesRecordings_wholeOrCutOff_andEmptyFiles() throws IOException {
    byte[] whole = Files.readAllBytes(RECORDING);
    for (byte[] there : List.of(whole, Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      Path file = Files.write(folder.resolve("t.gguf"), there);
      OutputFile.recording(file, Existing.REPLACED).close();
    }
  }

  @Test
  void aRecording_replacesNothingElse() throws IOException {
    byte[] whole = Files.readAllBytes(RECORDING);
    for (byte[] there :
        List.of(
            "GGUF and a model".getBytes(StandardCharsets.UTF_8),
            "my notes on dipper.manifest, longer than a header".getBytes(StandardCharsets.UTF_8),
            "ARROW1".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, 100),
            ofAnotherTool())) {
      Path file = Files.write(folder.resolve("t.arrow"), there);
      for (Existing existing : Existing.values()) {
        assertThatThrownBy(() -> OutputFile.recording(file, existing))
            .hasMessage(
                file
                    + ": is there already and is not a trace, the one thing that is replaced here;"
                    + " name another file");
      }
      assertThat(file).hasBinaryContent(there);
      assertThat(folder.toFile().list()).containsExactly("t.arrow");
    }
  }

  @Test
  void aText_replacesTextsThatBeginAsItDoes() throws IOException {
    FileKind lists = FileKind.ofText("a list", text -> text.startsWith("name,"));
    Path file = Files.writeString(folder.resolve("l"), "name,size\n");
    AtomicFile.write(file, Existing.REPLACED, lists, out -> out.write('x'));
    assertThatThrownBy(() -> AtomicFile.write(file, Existing.REPLACED, lists, out -> out.write(1)))
        .hasMessageContaining("is not a list");
    assertThat(file).hasContent("x");
  }

  /** An Arrow file with no manifest of ours. */
  private byte[] ofAnotherTool() throws IOException {
    Path file = folder.resolve("other");
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of()), allocator);
        ArrowFileWriter writer =
            new ArrowFileWriter(root, null, Files.newByteChannel(file, CREATE, WRITE))) {
      writer.start();
      writer.end();
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }
}
