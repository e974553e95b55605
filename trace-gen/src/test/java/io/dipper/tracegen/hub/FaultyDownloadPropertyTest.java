package io.dipper.tracegen.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.tracegen.hub.FaultyHub.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server does: the right file, or one line and no file of that name. */
class FaultyDownloadPropertyTest {
  private static final byte[] CONTENT = TinyModelHub.content(3_000);

  @Property(tries = 150)
  void anySequenceOfFaults_neverGivesAWrongFileItsName(@ForAll("faults") List<Fault> faults)
      throws IOException {
    Path folder = Files.createTempDirectory("models");
    Path file = folder.resolve("tiny/tiny.gguf");
    String etag = "\"" + TinyModelHub.sha256(CONTENT) + "\"";
    try (FaultyHub hub =
        new FaultyHub(CONTENT, "X-Linked-Etag", etag, faults.toArray(Fault[]::new))) {
      try {
        TinyModelHub.client(hub.endpoint()).pull(TinyModelHub.model(null), folder, Progress.SILENT);
        assertThat(file).hasBinaryContent(CONTENT);
      } catch (UserException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
        assertThat(file).doesNotExist();
      }
    }
    Files.deleteIfExists(file);
    Files.deleteIfExists(folder.resolve("tiny/tiny.gguf.partial"));
    Files.deleteIfExists(folder.resolve("tiny"));
    Files.deleteIfExists(folder);
  }

  @Provide
  Arbitrary<List<Fault>> faults() {
    return Arbitraries.of(Fault.class).filter(f -> f != Fault.STALL).list().ofMaxSize(9);
  }
}
