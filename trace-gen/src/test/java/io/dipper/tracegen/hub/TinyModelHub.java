package io.dipper.tracegen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import io.dipper.tracegen.hub.FaultyHub.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A model of one small file on a hub that fails as told, and the folder that it is pulled into.
 *
 * @param folder where models go
 */
record TinyModelHub(Path folder) {
  static final byte[] CONTENT = content(5_000);
  static final String SHA256 = sha256(CONTENT);

  static FaultyHub hub(Fault... faults) throws IOException {
    return new FaultyHub(CONTENT, "X-Linked-Etag", "\"" + SHA256 + "\"", faults);
  }

  Path pull(FaultyHub hub, HubModel model) {
    return client(hub.endpoint()).pull(model, folder, Progress.SILENT);
  }

  void assertError(FaultyHub hub, HubModel model, String end) {
    assertThatThrownBy(() -> pull(hub, model))
        .isInstanceOf(UserException.class)
        .message()
        .startsWith(hub.endpoint().toString())
        .endsWith(end)
        .doesNotContain("\n");
    assertThat(folder.resolve("tiny/tiny.gguf")).doesNotExist();
  }

  Path partial() {
    return folder.resolve("tiny/tiny.gguf.partial");
  }

  static ModelHub client(URI endpoint) {
    return new ModelHub(
        endpoint, "secret", Duration.ofMillis(500), Duration.ofMillis(5), new ProxyRules(Map.of()));
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
