package io.dipper.tracegen.hub;

import static io.dipper.tracegen.hub.FaultyHub.Fault;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that break off are taken up again. */
class ResumedDownloadTest {
  @TempDir private Path folder;
  private TinyModelHub tiny;

  @BeforeEach
  void pullIntoTheFolder() {
    tiny = new TinyModelHub(folder);
  }

  @Test
  void cutConnections_areTakenUpWhereTheyEnded() throws Exception {
    try (FaultyHub hub =
        TinyModelHub.hub(Fault.CUT, Fault.CUT, Fault.HANG_UP, Fault.STALL, Fault.CUT)) {
      assertThat(tiny.pull(hub, TinyModelHub.model(null))).hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(hub.ranges())
          .contains("", "bytes=500-", "bytes=1000-", "bytes=1500-", "bytes=2000-");
    }
  }

  @Test
  void laterCommand_goesOnWithThePartialFile() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(tiny.partial(), Arrays.copyOf(TinyModelHub.CONTENT, 4_000));
    try (FaultyHub hub = TinyModelHub.hub()) {
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(hub.ranges()).containsExactly("bytes=4000-");
    }
  }

  @Test
  void completePartialFile_isOnlyChecked() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(tiny.partial(), TinyModelHub.CONTENT);
    try (FaultyHub hub = TinyModelHub.hub()) {
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
    }
  }

  @Test
  void partialFileOfAnotherVersion_isThrownAway() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(tiny.partial(), new byte[3_000]);
    try (FaultyHub hub = TinyModelHub.hub()) {
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(hub.ranges()).containsExactly("bytes=3000-", "");
    }
  }

  @Test
  void serverThatIgnoresRanges_isReadFromTheBeginning() throws Exception {
    try (FaultyHub hub =
        TinyModelHub.hub(Fault.CUT, Fault.IGNORE_RANGE_AND_CUT, Fault.IGNORE_RANGE)) {
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
    }
  }

  @Test
  void serverThatSendsAnotherRange_isAskedAnew() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub(Fault.CUT, Fault.WRONG_RANGE)) {
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(hub.ranges()).containsExactly("", "bytes=500-", "");
    }
  }

  @Test
  void busyHub_isAskedAgain() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub(Fault.UNAVAILABLE, Fault.UNAVAILABLE)) {
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
    }
  }

  @Test
  void deadHub_isAnErrorAfterAWhile() throws Exception {
    Fault[] dead = new Fault[20];
    Arrays.fill(dead, Fault.UNAVAILABLE);
    try (FaultyHub hub = TinyModelHub.hub(dead)) {
      tiny.assertError(
          hub,
          TinyModelHub.model(TinyModelHub.SHA256),
          ": cannot be downloaded: HTTP 503; run the command again to go on from here");
      assertThat(hub.ranges()).hasSize(7);
    }
  }
}
