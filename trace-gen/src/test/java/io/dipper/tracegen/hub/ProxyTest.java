package io.dipper.tracegen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy is asked for an address, by curl's documentation, and a proxy that is there. */
class ProxyTest {
  private static final byte[] CONTENT = TinyModelHub.content(5_000);
  private static final String SHA256 = TinyModelHub.sha256(CONTENT);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://hf.co      | HTTPS_PROXY=http://p:8080                        | p:8080
          https://hf.co      | https_proxy=http://q:1 HTTPS_PROXY=http://p:8080 | q:1
          https://hf.co      | HTTP_PROXY=http://p:8080                         | direct
          http://hf.co       | HTTP_PROXY=p                                     | p:1080
          https://hf.co      | ALL_PROXY=socks5://p:9                           | p:9
          https://hf.co      | ALL_PROXY=p:9 HTTPS_PROXY=q:8                    | q:8
          https://hf.co      | ALL_PROXY=p:9 https_proxy=                       | direct
          https://hf.co      | ALL_PROXY=p:9 NO_PROXY=*                         | direct
          https://hf.co      | ALL_PROXY=p:9 NO_PROXY=HF.co                     | direct
          https://cdn.hf.co  | ALL_PROXY=p:9 NO_PROXY=a.b,.hf.co                | direct
          https://cdn.hf.co  | ALL_PROXY=p:9 no_proxy=hf.co                     | direct
          https://nohf.co    | ALL_PROXY=p:9 no_proxy=hf.co                     | p:9
          https://hf.co      | ALL_PROXY=p:9 no_proxy= NO_PROXY=hf.co           | p:9
          http://10.1.2.3    | ALL_PROXY=p:9 NO_PROXY=10.1.0.0/16               | direct
          http://10.2.2.3    | ALL_PROXY=p:9 NO_PROXY=10.1.0.0/16               | p:9
          http://10.2.2.3    | ALL_PROXY=p:9 NO_PROXY=10.2.2.3                  | direct
          http://[fd00::1]:8 | ALL_PROXY=p:9 NO_PROXY=fd00::/8                  | direct
          http://10.2.2.3    | ALL_PROXY=p:9 NO_PROXY=10.2.2.3/x,2.3            | p:9
          """)
  void anAddress_isAskedThroughTheProxyThatItsVariablesName(
      String address, String variables, String expected) {
    ProxyRules rules = rules(variables.split(" +"));
    assertThat(rules.of(URI.create(address)).map(p -> p.host() + ":" + p.port()).orElse("direct"))
        .isEqualTo(expected);
  }

  @Test
  void userAndPassword_areDecoded_andNeverRepeated() {
    ProxyServer proxy = ProxyServer.parse("HTTPS_PROXY", "http://me:s%40c+ret@p:8080/");
    assertThat(proxy.user()).isEqualTo("me");
    assertThat(proxy.password()).isEqualTo("s@c+ret");
    assertThat(proxy.toString()).isEqualTo("HTTPS_PROXY=p:8080");
    for (String bad : List.of("http://me:secret@", "https://me:secret@p:8", "ht tp://secret")) {
      assertThatThrownBy(() -> ProxyServer.parse("ALL_PROXY", bad))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("ALL_PROXY ")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void aFile_comesThroughTheProxy_whichMayWantAPassword() throws Exception {
    for (String user : new String[] {null, "me:s@cret"}) {
      try (FaultyHub hub = hub();
          LocalProxy proxy = new LocalProxy(user)) {
        String in = user == null ? "" : "me:s%40cret@";
        Path file = pull(hub.endpoint(), "http_proxy=http://" + in + "127.0.0.1:" + proxy.port());
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(proxy.requests()).last().asString().startsWith("GET http://");
        file.toFile().delete();
      }
    }
  }

  @Test
  void whatNoProxyNames_isAskedDirectly() throws Exception {
    try (FaultyHub hub = hub();
        LocalProxy proxy = new LocalProxy(null)) {
      String all = "ALL_PROXY=127.0.0.1:" + proxy.port();
      pull(hub.endpoint(), all, "NO_PROXY=localhost,127.0.0.0/8");
      assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void aConnectionThatIsNotSecure_isSaidInWords() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answerPlainly(plain));
      answers.setDaemon(true);
      answers.start();
      URI https = URI.create("https://127.0.0.1:" + plain.getLocalPort());
      assertThatThrownBy(() -> pull(https))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no secure connection is made there; is it https?");
    }
    Throwable untrusted =
        new SSLHandshakeException(
            "(certificate_unknown) PKIX path building failed: sun.security.provider.certpath"
                + ".SunCertPathBuilderException: unable to find valid certification path");
    assertThat(ModelHub.reason(untrusted))
        .startsWith("its certificate is not one that this JDK trusts")
        .doesNotContain("sun.", "PKIX");
  }

  @Test
  void aProxyThatRefuses_isOneLineThatNamesIt() throws Exception {
    URI https = URI.create("https://hub.invalid");
    try (LocalProxy proxy = new LocalProxy(null)) {
      assertThatThrownBy(() -> pull(https, "HTTPS_PROXY=127.0.0.1:" + proxy.port()))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "HTTPS_PROXY=127.0.0.1:%d: the proxy refuses the way to hub.invalid (HTTP 403)",
              proxy.port());
      assertThat(proxy.requests()).allMatch(line -> line.startsWith("CONNECT hub.invalid:443"));
    }
    try (LocalProxy proxy = new LocalProxy("me:secret")) {
      for (URI hub : List.of(https, URI.create("http://hub.invalid"))) {
        assertThatThrownBy(() -> pull(hub, "ALL_PROXY=http://me:wrong@127.0.0.1:" + proxy.port()))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("the proxy wants a user and password that it knows")
            .hasMessageNotContaining("wrong");
      }
    }
    assertThatThrownBy(() -> pull(https, "https_proxy=127.0.0.1:" + closedPort()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the proxy cannot be reached (it refuses)");
  }

  private static FaultyHub hub() throws IOException {
    return new FaultyHub(CONTENT, "X-Linked-Etag", "\"" + SHA256 + "\"");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Speaks HTTP whatever it is asked in: a server that waits for a line's end would not answer. */
  private static void answerPlainly(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        int first = client.getInputStream().read();
        if (first >= 0) {
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  private Path pull(URI endpoint, String... variables) {
    HubModel model = TinyModelHub.model(SHA256);
    Duration soon = Duration.ofMillis(5);
    return new ModelHub(endpoint, null, Duration.ofSeconds(5), soon, rules(variables))
        .pull(model, folder, Progress.SILENT);
  }

  private static ProxyRules rules(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    return new ProxyRules(environment);
  }
}
