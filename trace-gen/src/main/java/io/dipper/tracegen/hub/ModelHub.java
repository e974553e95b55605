package io.dipper.tracegen.hub;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.dipper.cache.UserCache;
import io.dipper.error.UserException;
import io.dipper.files.FolderLock;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The Hugging Face hub, or a mirror of it: downloads models, each file checked against its digest
 * before it gets its name. What an interrupted download left is used by the next.
 */
public final class ModelHub {
  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
  private static final int RETRIES = 6;
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HubConnection connection;
  private final RetryPolicy<Object> retries;

  /**
   * @param endpoint where the hub is
   * @param token of the user, for models that ask for one
   * @param timeout for connecting, and for every wait for more bytes
   * @param firstDelay before the first retry; it doubles from one to the next
   * @param proxies on the way to it
   */
  ModelHub(
      URI endpoint,
      @Nullable String token,
      Duration timeout,
      Duration firstDelay,
      ProxyRules proxies) {
    this.connection = new HubConnection(endpoint, token, timeout, proxies);
    this.retries =
        RetryPolicy.builder()
            .handle(IOException.class)
            .withBackoff(firstDelay, firstDelay.multipliedBy(30))
            .withJitter(0.2)
            .withMaxRetries(RETRIES)
            .build();
  }

  /**
   * The hub that the environment names: HF_ENDPOINT, HF_TOKEN for models that ask for one, and
   * proxies as curl reads them (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).
   *
   * @throws UserException where HF_ENDPOINT is no address
   */
  public static ModelHub fromEnvironment(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", DEFAULT_ENDPOINT);
    if (!endpoint.matches("https?://[^/\\s]+(/\\S*)?")) {
      throw new UserException(
          "HF_ENDPOINT is '" + endpoint + "', want an address such as " + DEFAULT_ENDPOINT);
    }
    // Without it the platform never sends a password to a proxy on the way to an https address.
    if (System.getProperty(TUNNEL_SCHEMES) == null) {
      System.setProperty(TUNNEL_SCHEMES, "");
    }
    String token = environment.get("HF_TOKEN");
    return new ModelHub(
        URI.create(endpoint),
        token == null || token.isBlank() ? null : token.strip(),
        TIMEOUT,
        FIRST_DELAY,
        new ProxyRules(environment));
  }

  /**
   * Where models go if the user names no folder: {@code dipper/models} in the user's cache folder
   * (XDG_CACHE_HOME, else {@code ~/.cache}).
   */
  public static Path defaultFolder(Map<String, String> environment) {
    return UserCache.folder(environment).resolve("models");
  }

  /**
   * Downloads what is not there yet.
   *
   * @param folder the model goes into a folder of its name in this one
   * @return what to open as the model: its only file, or its folder
   * @throws UserException where a file cannot be had or is not what it should be
   */
  public Path pull(HubModel model, Path folder, Progress progress) {
    Path home = folder.resolve(model.name());
    try (FolderLock lock = FolderLock.of(home)) {
      Path last = home;
      for (HubFile file : model.files()) {
        last = pull(new Download(connection, model, file, home, progress), model, file);
      }
      return model.files().size() == 1 ? last : home;
    }
  }

  private Path pull(Download download, HubModel model, HubFile file) {
    try {
      Failsafe.with(retries).run(download::attempt);
      return download.target();
    } catch (FailsafeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UserException(
          connection.resolve(model, file)
              + ": cannot be downloaded: "
              + reason(cause)
              + "; run the command again to go on from here",
          cause);
    }
  }

  /** Why, without the names of the library's classes. */
  static String reason(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    if (cause instanceof SSLException) {
      return message.contains("certif")
          ? "its certificate is not one that this JDK trusts; where a proxy shows its own, name the"
              + " trusted ones in DIPPER_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE"
          : "no secure connection is made there; is it https?";
    }
    return switch (cause.getClass().getSimpleName()) {
      case "UnknownHostException" -> "unknown host " + message;
      case "InterruptedException" -> "interrupted";
      default -> message.lines().findFirst().orElse(cause.getClass().getSimpleName());
    };
  }
}
