package io.dipper.spark;

import io.dipper.error.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Whether anyone listens at {@code spark://HOST:PORT}; Spark itself finds out in a minute. */
final class StandaloneMasters {
  private static final String SCHEME = "spark://";
  private static final int CONNECT_MILLIS = 10_000;

  private StandaloneMasters() {}

  /**
   * Connects to the first that can be reached; other kinds of masters are left to Spark.
   *
   * @throws UserException if there is none
   */
  static void requireOne(String master) {
    if (!master.startsWith(SCHEME)) {
      return;
    }
    List<String> hosts =
        Stream.of(master.substring(SCHEME.length()).split(",", -1)).map(String::strip).toList();
    String why = "";
    for (String host : hosts) {
      why = unreachable(host);
      if (why.isEmpty()) {
        return;
      }
    }
    throw new UserException(
        "--master " + master + ": no master can be reached there (" + why + "); start it first");
  }

  /** Why a master cannot be connected to; empty where it can. */
  private static String unreachable(String hostAndPort) {
    URI uri = URI.create(SCHEME + hostAndPort);
    if (uri.getHost() == null || uri.getPort() < 0) {
      throw new UserException(
          "--master spark://" + hostAndPort + ": is not of the form spark://HOST:PORT");
    }
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
    if (address.isUnresolved()) {
      return uri.getHost() + ": unknown host";
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return "";
    } catch (IOException e) {
      return hostAndPort + ": " + e.getMessage();
    }
  }
}
