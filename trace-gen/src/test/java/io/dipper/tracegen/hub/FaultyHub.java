package io.dipper.tracegen.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server on this machine that serves one file, each answer by the next of a list of
 * faults, and well once they are used up.
 */
final class FaultyHub implements AutoCloseable {
  /** What an answer does wrong. */
  enum Fault {
    NONE,
    CUT,
    STALL,
    IGNORE_RANGE,
    IGNORE_RANGE_AND_CUT,
    WRONG_RANGE,
    WRONG_BYTES,
    UNAVAILABLE,
    NOT_FOUND,
    FORBIDDEN,
    HANG_UP
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private final String etagHeader;
  private final @Nullable String etag;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  private @Nullable URI redirect;

  /**
   * @param etag in the header of that name of every answer; null for none
   */
  FaultyHub(byte[] content, String etagHeader, @Nullable String etag, Fault... faults)
      throws IOException {
    this.content = content;
    this.etagHeader = etagHeader;
    this.etag = etag;
    this.faults.addAll(Arrays.asList(faults));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on every answer is a redirect to this store. */
  void redirectTo(URI store) {
    redirect = store;
  }

  /** The Range header of every request, empty where there was none. */
  List<String> ranges() {
    return ranges;
  }

  /** The Authorization header of every request, empty where there was none. */
  List<String> tokens() {
    return tokens;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    ranges.add(range == null ? "" : range);
    tokens.add(token == null ? "" : token);
    if (etag != null) {
      exchange.getResponseHeaders().set(etagHeader, etag);
    }
    if (redirect != null) {
      exchange.getResponseHeaders().set("Location", redirect + exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    Fault fault;
    synchronized (faults) {
      fault = faults.isEmpty() ? Fault.NONE : faults.pop();
    }
    try {
      send(exchange, fault, from);
    } finally {
      exchange.close();
    }
  }

  private void send(HttpExchange exchange, Fault fault, int from) throws IOException {
    switch (fault) {
      case HANG_UP -> {}
      case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
      case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
      case FORBIDDEN -> exchange.sendResponseHeaders(403, -1);
      case IGNORE_RANGE -> send(exchange, 200, content, 0, content.length);
      case IGNORE_RANGE_AND_CUT -> send(exchange, 200, content, 0, content.length / 2);
      case WRONG_BYTES -> {
        byte[] wrong = content.clone();
        wrong[wrong.length - 1] ^= 1;
        sendFrom(exchange, wrong, from, content.length - from);
      }
      case WRONG_RANGE -> sendFrom(exchange, content, from > 0 ? from - 1 : 0, content.length);
      case CUT -> sendFrom(exchange, content, from, Math.min(1000, content.length - from) / 2);
      case STALL -> {
        sendFrom(exchange, content, from, Math.min(1000, content.length - from) / 2);
        exchange.getResponseBody().flush();
        sleep();
      }
      case NONE -> sendFrom(exchange, content, from, content.length);
    }
  }

  private void sendFrom(HttpExchange exchange, byte[] bytes, int from, int atMost)
      throws IOException {
    if (from == 0) {
      send(exchange, 200, bytes, 0, atMost);
    } else if (from >= bytes.length) {
      exchange.sendResponseHeaders(416, -1);
    } else {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      send(exchange, 206, bytes, from, atMost);
    }
  }

  /** Announces all of the bytes from there on and sends as many as asked. */
  private static void send(HttpExchange exchange, int status, byte[] bytes, int from, int atMost)
      throws IOException {
    exchange.sendResponseHeaders(status, bytes.length - from);
    exchange.getResponseBody().write(bytes, from, Math.min(atMost, bytes.length - from));
    exchange.getResponseBody().flush();
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
