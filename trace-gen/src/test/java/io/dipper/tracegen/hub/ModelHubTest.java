package io.dipper.tracegen.hub;

import static io.dipper.tracegen.hub.FaultyHub.Fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are downloaded, and how they are checked. */
class ModelHubTest {
  @TempDir private Path folder;
  private TinyModelHub tiny;

  @BeforeEach
  void pullIntoTheFolder() {
    tiny = new TinyModelHub(folder);
  }

  @Test
  void file_isDownloadedAndNamed() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub()) {
      Path file = tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256));
      assertThat(file)
          .isEqualTo(folder.resolve("tiny/tiny.gguf"))
          .hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(tiny.partial()).doesNotExist();
    }
  }

  @Test
  void wrongBytes_areAnErrorAndNothingIsKept() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub(Fault.WRONG_BYTES)) {
      byte[] wrong = TinyModelHub.CONTENT.clone();
      wrong[wrong.length - 1] ^= 1;
      tiny.assertError(
          hub,
          TinyModelHub.model(null),
          "/owner/tiny-GGUF/resolve/main/tiny.gguf: its SHA-256 is "
              + TinyModelHub.sha256(wrong)
              + ", want "
              + TinyModelHub.SHA256
              + "; nothing was kept");
      assertThat(folder.resolve("tiny")).isEmptyDirectory();
    }
  }

  @Test
  void hubWithAnotherFileThanTheCatalogues_isToldBeforeDownloading() throws Exception {
    String other = "0".repeat(64);
    try (FaultyHub hub = TinyModelHub.hub()) {
      tiny.assertError(
          hub,
          TinyModelHub.model(other),
          ": the hub now has another file: SHA-256 " + TinyModelHub.SHA256 + ", want " + other);
      assertThat(folder.resolve("tiny")).isEmptyDirectory();
    }
  }

  @Test
  void fileWithoutAnyDigest_isNotDownloaded() throws Exception {
    try (FaultyHub hub = new FaultyHub(TinyModelHub.CONTENT, "ETag", "\"12-34\"")) {
      tiny.assertError(
          hub,
          TinyModelHub.model(null),
          ": the hub names no digest of it, so it could not be checked; not downloaded");
    }
  }

  @Test
  void smallFile_isCheckedByItsGitBlobId() throws Exception {
    // printf 'hello\n' | git hash-object --stdin
    byte[] hello = {'h', 'e', 'l', 'l', 'o', '\n'};
    String id = "\"ce013625030ba8dba906f756967f9e9ca394464a\"";
    try (FaultyHub hub = new FaultyHub(hello, "ETag", id)) {
      assertThat(tiny.pull(hub, TinyModelHub.model(null))).hasContent("hello\n");
    }
    Files.delete(folder.resolve("tiny/tiny.gguf"));
    try (FaultyHub hub = new FaultyHub(hello, "ETag", id, Fault.WRONG_BYTES)) {
      tiny.assertError(
          hub,
          TinyModelHub.model(null),
          ": its Git blob id is 4fd94dfc9ea4ecb1a5652cb84dd7776573f9e4a7"
              + ", want ce013625030ba8dba906f756967f9e9ca394464a; nothing was kept");
    }
  }

  @Test
  void redirect_isFollowedWithTheFirstDigestAndWithoutTheToken() throws Exception {
    try (FaultyHub store =
            new FaultyHub(TinyModelHub.CONTENT, "ETag", "\"an-md5-of-the-store\"", Fault.CUT);
        FaultyHub hub = TinyModelHub.hub()) {
      hub.redirectTo(store.endpoint());
      assertThat(tiny.pull(hub, TinyModelHub.model(null))).hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(hub.tokens()).containsOnly("Bearer secret");
      assertThat(store.tokens()).containsOnly("");
      assertThat(store.ranges()).containsExactly("", "bytes=500-");
    }
  }

  @Test
  void endlessRedirects_areAnError() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub()) {
      hub.redirectTo(hub.endpoint());
      tiny.assertError(hub, TinyModelHub.model(null), ": is redirected more than 10 times");
    }
  }

  @Test
  void missingFile_isAnError() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub(Fault.NOT_FOUND)) {
      tiny.assertError(
          hub,
          TinyModelHub.model(TinyModelHub.SHA256),
          ": there is no such file on the hub (HTTP 404)");
      assertThat(hub.ranges()).hasSize(1);
    }
  }

  @Test
  void refusedFile_saysWhereToAsk() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub(Fault.FORBIDDEN)) {
      tiny.assertError(
          hub,
          TinyModelHub.model(TinyModelHub.SHA256),
          ": the hub refuses it (HTTP 403); accept the licence at "
              + hub.endpoint()
              + "/owner/tiny-GGUF and set HF_TOKEN");
    }
  }

  @Test
  void wholeFile_isNotAskedForAgain() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub()) {
      tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256));
      tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256));
      assertThat(hub.ranges()).hasSize(1);
    }
  }

  @Test
  void damagedFile_isDownloadedAgain() throws Exception {
    try (FaultyHub hub = TinyModelHub.hub()) {
      Path file = tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256));
      Files.write(file, new byte[5_000]);
      assertThat(tiny.pull(hub, TinyModelHub.model(TinyModelHub.SHA256)))
          .hasBinaryContent(TinyModelHub.CONTENT);
    }
  }

  @Test
  void modelOfSeveralFiles_isItsFolder() throws Exception {
    HubModel model =
        new HubModel(
            "tiny",
            "a test",
            "owner/tiny",
            "main",
            List.of(
                new HubFile("config.json", 1, null), new HubFile("model.safetensors", 1, null)));
    try (FaultyHub hub = TinyModelHub.hub()) {
      assertThat(tiny.pull(hub, model)).isEqualTo(folder.resolve("tiny"));
      assertThat(folder.resolve("tiny/config.json")).hasBinaryContent(TinyModelHub.CONTENT);
      assertThat(folder.resolve("tiny/model.safetensors")).hasBinaryContent(TinyModelHub.CONTENT);
    }
  }

  @Test
  void endpoint_isTheEnvironments() {
    assertThatThrownBy(() -> ModelHub.fromEnvironment(Map.of("HF_ENDPOINT", "mirror.example")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("HF_ENDPOINT is 'mirror.example', want an address such as");
    assertThat(ModelHub.fromEnvironment(Map.of())).isNotNull();
  }

  @Test
  void defaultFolder_isInTheUsersCache() {
    Path cache = folder.toAbsolutePath();
    assertThat(ModelHub.defaultFolder(Map.of("XDG_CACHE_HOME", cache.toString())))
        .isEqualTo(cache.resolve("dipper/models"));
    assertThat(ModelHub.defaultFolder(Map.of("XDG_CACHE_HOME", "relative")))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/dipper/models"));
  }
}
