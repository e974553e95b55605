package io.dipper.tracegen.hub;

import io.dipper.error.UserException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a hub for files. Redirects are followed here: the hub's first answer, not the last, carries
 * the file's digest, and the user's token is for the hub alone, not for the store behind it.
 *
 * <p>On {@code HttpURLConnection}, as it can give up on a connection that stalls in the middle of a
 * body.
 */
final class HubConnection {
  private static final int MAX_REDIRECTS = 10;

  /** What the platform says where a proxy refuses a connection to an https address. */
  private static final Pattern TUNNEL = Pattern.compile("tunnel through proxy.*HTTP/\\S+ (\\d{3})");

  private final URI endpoint;
  private final @Nullable String token;
  private final Duration timeout;
  private final ProxyRules proxies;

  HubConnection(URI endpoint, @Nullable String token, Duration timeout, ProxyRules proxies) {
    this.endpoint = endpoint;
    this.token = token;
    this.timeout = timeout;
    this.proxies = proxies;
  }

  URI resolve(HubModel model, HubFile file) {
    String base = endpoint.toString().replaceAll("/+$", "");
    return URI.create(
        base + "/" + model.repository() + "/resolve/" + model.revision() + "/" + file.path());
  }

  /** The page where a user accepts a model's licence. */
  String page(HubModel model) {
    return endpoint.toString().replaceAll("/+$", "") + "/" + model.repository();
  }

  /**
   * Requests a file from a byte on; its answer is unread and may be of any status but a redirect.
   */
  Answer get(URI file, long from) throws IOException {
    URI at = file;
    Optional<FileDigest> linked = Optional.empty();
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      Optional<ProxyServer> proxy = proxies.of(at);
      HttpURLConnection connection = open(at, from, proxy);
      int status =
          proxy.isPresent() ? statusThrough(proxy.get(), connection) : connection.getResponseCode();
      if (linked.isEmpty()) {
        linked = header(connection, "X-Linked-Etag").flatMap(FileDigest::ofEtag);
      }
      if (status / 100 != 3) {
        return new Answer(
            connection,
            status,
            linked.or(() -> header(connection, "ETag").flatMap(FileDigest::ofEtag)));
      }
      URI next = location(at, header(connection, "Location").orElse(""));
      connection.disconnect();
      if (at.getScheme().equals("https") && !"https".equals(next.getScheme())) {
        throw new UserException(file + ": is redirected to an insecure address: " + next);
      }
      at = next;
    }
    throw new UserException(file + ": is redirected more than " + MAX_REDIRECTS + " times");
  }

  private static URI location(URI at, String location) {
    try {
      return at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new UserException(at + ": is redirected to no address: " + location, e);
    }
  }

  /** What a proxy will refuse again is not tried again. */
  private static int statusThrough(ProxyServer proxy, HttpURLConnection connection)
      throws IOException {
    int status;
    try {
      status = connection.getResponseCode();
    } catch (ConnectException | UnknownHostException | NoRouteToHostException e) {
      String why = e instanceof UnknownHostException ? "there is no such host" : "it refuses";
      throw new UserException(proxy + ": the proxy cannot be reached (" + why + ")", e);
    } catch (IOException e) {
      Matcher refusal = TUNNEL.matcher(String.valueOf(e.getMessage()));
      if (!refusal.find()) {
        throw e;
      }
      status = Integer.parseInt(refusal.group(1));
      if (status != HttpURLConnection.HTTP_PROXY_AUTH) {
        throw new UserException(
            proxy
                + ": the proxy refuses the way to "
                + connection.getURL().getHost()
                + " (HTTP "
                + status
                + ")",
            e);
      }
    }
    if (status == HttpURLConnection.HTTP_PROXY_AUTH) {
      throw new UserException(
          proxy
              + ": the proxy wants a user and password that it knows; write http://user:password@host:port");
    }
    return status;
  }

  private HttpURLConnection open(URI at, long from, Optional<ProxyServer> proxy)
      throws IOException {
    URLConnection opened =
        proxy.isPresent()
            ? at.toURL().openConnection(proxy.get().proxy())
            : at.toURL().openConnection();
    if (!(opened instanceof HttpURLConnection connection)) {
      throw new UserException(at + ": is no http or https address");
    }
    proxy.ifPresent(server -> connection.setAuthenticator(server.authenticator()));
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setRequestProperty("User-Agent", "dipper");
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
    }
    if (token != null && endpoint.getAuthority().equals(at.getAuthority())) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    return connection;
  }

  private static Optional<String> header(HttpURLConnection connection, String name) {
    return Optional.ofNullable(connection.getHeaderField(name));
  }

  /**
   * A hub's answer.
   *
   * @param digest of the whole file, where the hub names one
   */
  record Answer(HttpURLConnection connection, int status, Optional<FileDigest> digest) {
    /** The first byte that a partial answer holds; -1 where it does not say. */
    long rangeStart() {
      String range = connection.getHeaderField("Content-Range");
      if (range == null || !range.matches("bytes \\d{1,18}-.*")) {
        return -1;
      }
      return Long.parseLong(range.substring("bytes ".length(), range.indexOf('-')));
    }
  }
}
