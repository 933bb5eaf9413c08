package io.tidegate.sdk.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Says what it was told to, one answer to each request, and keeps what it was asked. */
public final class ScriptedServer implements AutoCloseable {
  /**
   * One request.
   *
   * @param head request line and headers
   */
  public record Request(String head, String body, long atNanos) {}

  private final ServerSocket server;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public ScriptedServer() throws IOException {
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The next answer; headers are lines. */
  public ScriptedServer answer(int status, String headers, String body) {
    answers.add(
        "HTTP/1.1 "
            + status
            + " -\r\n"
            + headers
            + "Connection: close\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body);
    return this;
  }

  /** The next request is read, and its line cut. */
  public ScriptedServer cut() {
    answers.add("");
    return this;
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.append(line).append('\n');
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        char[] body = new char[length];
        int read = 0;
        for (int n = 0; read < length && n >= 0; read += n) {
          n = in.read(body, read, length - read);
        }
        requests.add(new Request(head.toString(), new String(body), System.nanoTime()));
        String answer = answers.poll();
        if (answer != null) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // Closed, or the client went away.
      }
    }
  }
}
