package io.dipper.tracegen.hub;

import io.dipper.error.UserException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server that passes requests on.
 *
 * @param variable of the environment that names it
 * @param socks whether it speaks SOCKS, instead of HTTP
 * @param user whom it knows, or null
 * @param password the user's; empty for none
 */
record ProxyServer(
    String variable, boolean socks, String host, int port, @Nullable String user, String password) {
  private static final int DEFAULT_PORT = 1080;

  /**
   * Reads {@code [scheme://][user:password@]host[:port]}; HTTP and port 1080 where they are left
   * out, as curl has it.
   *
   * @throws UserException if it is none; a password in it is not repeated
   */
  static ProxyServer parse(String variable, String text) {
    String whole = text.contains("://") ? text : "http://" + text;
    URI uri;
    try {
      uri = URI.create(whole.strip());
    } catch (IllegalArgumentException e) {
      throw wrong(variable, "is no address", e);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean socks = scheme.startsWith("socks");
    if (!socks && !scheme.equals("http")) {
      throw wrong(variable, "names a proxy of the kind " + scheme, null);
    }
    if (uri.getHost() == null) {
      throw wrong(variable, "names no host", null);
    }
    String[] parts = uri.getRawUserInfo() == null ? null : uri.getRawUserInfo().split(":", 2);
    return new ProxyServer(
        variable,
        socks,
        uri.getHost().replaceAll("[\\[\\]]", ""),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        parts == null ? null : decoded(parts[0]),
        parts == null || parts.length < 2 ? "" : decoded(parts[1]));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static UserException wrong(String variable, String what, @Nullable Throwable cause) {
    String message =
        variable + " " + what + "; want http://[user:password@]host:port, or socks5://";
    return cause == null ? new UserException(message) : new UserException(message, cause);
  }

  /** The proxy of a connection; its name is looked up when the connection is made. */
  Proxy proxy() {
    return new Proxy(socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP, new InetSocketAddress(host, port));
  }

  /** Answers this server alone. */
  Authenticator authenticator() {
    return new Authenticator() {
      private boolean answered;

      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        boolean asks = getRequestorType() == RequestorType.PROXY || socks;
        if (answered || !asks || user == null || !host.equalsIgnoreCase(getRequestingHost())) {
          return null; // a second question means that the first answer was wrong
        }
        answered = true;
        return new PasswordAuthentication(user, password.toCharArray());
      }
    };
  }

  /** The address without user and password, for messages. */
  @Override
  public String toString() {
    return variable + "=" + host + ":" + port;
  }
}
