package io.dipper.tracegen.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy on this machine: passes plain requests on, and answers CONNECT with a refusal. */
final class LocalProxy implements AutoCloseable {
  private final ServerSocket server;
  private final @Nullable String credentials;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param user {@code name:password} that it wants, or null for none
   */
  LocalProxy(@Nullable String user) throws IOException {
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    credentials =
        user == null
            ? null
            : "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    Thread thread = new Thread(this::serve, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** The request lines, in order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        answer(client);
      } catch (IOException e) {
        // Closed, or a client that went away: the test sees it on its side.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    String request = in.readLine();
    List<String> headers = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      headers.add(line);
    }
    requests.add(request);
    OutputStream out = client.getOutputStream();
    if (credentials != null && headers.stream().noneMatch(credentials::equalsIgnoreCase)) {
      say(out, "407 Who are you\r\nProxy-Authenticate: Basic realm=\"p\"");
    } else if (request.startsWith("CONNECT")) {
      say(out, "403 Not through here");
    } else {
      forward(request, headers, out);
    }
  }

  private static void say(OutputStream out, String status) throws IOException {
    String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void forward(String request, List<String> headers, OutputStream out)
      throws IOException {
    String[] words = request.split(" ");
    URI uri = URI.create(words[1]);
    try (Socket hub = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      StringBuilder text = new StringBuilder(words[0] + " " + uri.getRawPath() + " HTTP/1.1\r\n");
      headers.stream()
          .filter(header -> !header.startsWith("Proxy-") && !header.startsWith("Connection"))
          .forEach(header -> text.append(header).append("\r\n"));
      text.append("Connection: close\r\n\r\n");
      hub.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      hub.getInputStream().transferTo(out);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
