package io.dipper.tracegen.hub;

import static io.dipper.tracegen.hub.FaultyHub.Fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelHubTest {
  private static final byte[] CONTENT = content(5_000);
  private static final String SHA256 = sha256(CONTENT);

  @TempDir Path folder;

  @Test
  void file_isDownloadedAndNamed() throws Exception {
    try (FaultyHub hub = hub()) {
      Path file = pull(hub, model(SHA256));
      assertThat(file).isEqualTo(folder.resolve("tiny/tiny.gguf")).hasBinaryContent(CONTENT);
      assertThat(partial()).doesNotExist();
    }
  }

  @Test
  void cutConnections_areTakenUpWhereTheyEnded() throws Exception {
    try (FaultyHub hub = hub(Fault.CUT, Fault.CUT, Fault.HANG_UP, Fault.STALL, Fault.CUT)) {
      assertThat(pull(hub, model(null))).hasBinaryContent(CONTENT);
      assertThat(hub.ranges())
          .contains("", "bytes=500-", "bytes=1000-", "bytes=1500-", "bytes=2000-");
    }
  }

  @Test
  void laterCommand_goesOnWithThePartialFile() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(partial(), Arrays.copyOf(CONTENT, 4_000));
    try (FaultyHub hub = hub()) {
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
      assertThat(hub.ranges()).containsExactly("bytes=4000-");
    }
  }

  @Test
  void completePartialFile_isOnlyChecked() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(partial(), CONTENT);
    try (FaultyHub hub = hub()) {
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void partialFileOfAnotherVersion_isThrownAway() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(partial(), new byte[3_000]);
    try (FaultyHub hub = hub()) {
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
      assertThat(hub.ranges()).containsExactly("bytes=3000-", "");
    }
  }

  @Test
  void serverThatIgnoresRanges_isReadFromTheBeginning() throws Exception {
    try (FaultyHub hub = hub(Fault.CUT, Fault.IGNORE_RANGE_AND_CUT, Fault.IGNORE_RANGE)) {
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void serverThatSendsAnotherRange_isAskedAnew() throws Exception {
    try (FaultyHub hub = hub(Fault.CUT, Fault.WRONG_RANGE)) {
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
      assertThat(hub.ranges()).containsExactly("", "bytes=500-", "");
    }
  }

  @Test
  void wrongBytes_areAnErrorAndNothingIsKept() throws Exception {
    try (FaultyHub hub = hub(Fault.WRONG_BYTES)) {
      byte[] wrong = CONTENT.clone();
      wrong[wrong.length - 1] ^= 1;
      assertError(
          hub,
          model(null),
          "/owner/tiny-GGUF/resolve/main/tiny.gguf: its SHA-256 is "
              + sha256(wrong)
              + ", want "
              + SHA256
              + "; nothing was kept");
      assertThat(folder.resolve("tiny")).isEmptyDirectory();
    }
  }

  @Test
  void hubWithAnotherFileThanTheCatalogues_isToldBeforeDownloading() throws Exception {
    String other = "0".repeat(64);
    try (FaultyHub hub = hub()) {
      assertError(
          hub,
          model(other),
          ": the hub now has another file: SHA-256 " + SHA256 + ", want " + other);
      assertThat(folder.resolve("tiny")).isEmptyDirectory();
    }
  }

  @Test
  void fileWithoutAnyDigest_isNotDownloaded() throws Exception {
    try (FaultyHub hub = new FaultyHub(CONTENT, "ETag", "\"12-34\"")) {
      assertError(
          hub,
          model(null),
          ": the hub names no digest of it, so it could not be checked; not downloaded");
    }
  }

  @Test
  void smallFile_isCheckedByItsGitBlobId() throws Exception {
    // printf 'hello\n' | git hash-object --stdin
    byte[] hello = {'h', 'e', 'l', 'l', 'o', '\n'};
    String id = "\"ce013625030ba8dba906f756967f9e9ca394464a\"";
    try (FaultyHub hub = new FaultyHub(hello, "ETag", id)) {
      assertThat(pull(hub, model(null))).hasContent("hello\n");
    }
    Files.delete(folder.resolve("tiny/tiny.gguf"));
    try (FaultyHub hub = new FaultyHub(hello, "ETag", id, Fault.WRONG_BYTES)) {
      assertError(
          hub,
          model(null),
          ": its Git blob id is 4fd94dfc9ea4ecb1a5652cb84dd7776573f9e4a7"
              + ", want ce013625030ba8dba906f756967f9e9ca394464a; nothing was kept");
    }
  }

  @Test
  void redirect_isFollowedWithTheFirstDigestAndWithoutTheToken() throws Exception {
    try (FaultyHub store = new FaultyHub(CONTENT, "ETag", "\"an-md5-of-the-store\"", Fault.CUT);
        FaultyHub hub = hub()) {
      hub.redirectTo(store.endpoint());
      assertThat(pull(hub, model(null))).hasBinaryContent(CONTENT);
      assertThat(hub.tokens()).containsOnly("Bearer secret");
      assertThat(store.tokens()).containsOnly("");
      assertThat(store.ranges()).containsExactly("", "bytes=500-");
    }
  }

  @Test
  void endlessRedirects_areAnError() throws Exception {
    try (FaultyHub hub = hub()) {
      hub.redirectTo(hub.endpoint());
      assertError(hub, model(null), ": is redirected more than 10 times");
    }
  }

  @Test
  void missingFile_isAnError() throws Exception {
    try (FaultyHub hub = hub(Fault.NOT_FOUND)) {
      assertError(hub, model(SHA256), ": there is no such file on the hub (HTTP 404)");
      assertThat(hub.ranges()).hasSize(1);
    }
  }

  @Test
  void refusedFile_saysWhereToAsk() throws Exception {
    try (FaultyHub hub = hub(Fault.FORBIDDEN)) {
      assertError(
          hub,
          model(SHA256),
          ": the hub refuses it (HTTP 403); accept the licence at "
              + hub.endpoint()
              + "/owner/tiny-GGUF and set HF_TOKEN");
    }
  }

  @Test
  void busyHub_isAskedAgain() throws Exception {
    try (FaultyHub hub = hub(Fault.UNAVAILABLE, Fault.UNAVAILABLE)) {
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void deadHub_isAnErrorAfterAWhile() throws Exception {
    Fault[] dead = new Fault[20];
    Arrays.fill(dead, Fault.UNAVAILABLE);
    try (FaultyHub hub = hub(dead)) {
      assertError(
          hub,
          model(SHA256),
          ": cannot be downloaded: HTTP 503; run the command again to go on from here");
      assertThat(hub.ranges()).hasSize(7);
    }
  }

  @Test
  void wholeFile_isNotAskedForAgain() throws Exception {
    try (FaultyHub hub = hub()) {
      pull(hub, model(SHA256));
      pull(hub, model(SHA256));
      assertThat(hub.ranges()).hasSize(1);
    }
  }

  @Test
  void damagedFile_isDownloadedAgain() throws Exception {
    try (FaultyHub hub = hub()) {
      Path file = pull(hub, model(SHA256));
      Files.write(file, new byte[5_000]);
      assertThat(pull(hub, model(SHA256))).hasBinaryContent(CONTENT);
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
    try (FaultyHub hub = hub()) {
      assertThat(pull(hub, model)).isEqualTo(folder.resolve("tiny"));
      assertThat(folder.resolve("tiny/config.json")).hasBinaryContent(CONTENT);
      assertThat(folder.resolve("tiny/model.safetensors")).hasBinaryContent(CONTENT);
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

  private static FaultyHub hub(Fault... faults) throws IOException {
    return new FaultyHub(CONTENT, "X-Linked-Etag", "\"" + SHA256 + "\"", faults);
  }

  private Path pull(FaultyHub hub, HubModel model) {
    return client(hub.endpoint()).pull(model, folder, Progress.SILENT);
  }

  static ModelHub client(URI endpoint) {
    return new ModelHub(
        endpoint, "secret", Duration.ofMillis(500), Duration.ofMillis(5), new ProxyRules(Map.of()));
  }

  private void assertError(FaultyHub hub, HubModel model, String end) {
    assertThatThrownBy(() -> pull(hub, model))
        .isInstanceOf(UserException.class)
        .message()
        .startsWith(hub.endpoint().toString())
        .endsWith(end)
        .doesNotContain("\n");
    assertThat(folder.resolve("tiny/tiny.gguf")).doesNotExist();
  }

  private Path partial() {
    return folder.resolve("tiny/tiny.gguf.partial");
  }

  static HubModel model(@Nullable String sha256) {
    return new HubModel(
        "tiny",
        "a test",
        "owner/tiny-GGUF",
        "main",
        List.of(new HubFile("tiny.gguf", 5_000, sha256)));
  }

  static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(5).nextBytes(content);
    return content;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
