package io.dipper.tracegen.hub;

import io.dipper.error.UserException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
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

  private final URI endpoint;
  private final @Nullable String token;
  private final Duration timeout;

  HubConnection(URI endpoint, @Nullable String token, Duration timeout) {
    this.endpoint = endpoint;
    this.token = token;
    this.timeout = timeout;
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
      HttpURLConnection connection = open(at, from);
      int status = connection.getResponseCode();
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

  private HttpURLConnection open(URI at, long from) throws IOException {
    if (!(at.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new UserException(at + ": is no http or https address");
    }
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
