package io.tidegate.e2e.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection that says what no HTTP client would: header values and paths go out as they are.
 * After an answer that is a stream, or the last of its connection, it is not to be used again.
 */
final class Line implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private boolean over;
  private boolean stream;

  /**
   * @param headers by their names in any case
   * @param body of a stream: nothing
   */
  record Heard(int status, Map<String, List<String>> headers, String body) {}

  Line(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream());
  }

  boolean isOver() {
    return over;
  }

  /** Whether its last answer goes on for as long as it is open. */
  boolean isStream() {
    return stream;
  }

  /**
   * Sends it and waits for the answer.
   *
   * @param patience in milliseconds, for each byte
   * @throws IOException when none comes
   */
  Heard ask(byte[] request, int patience) throws IOException {
    over = true;
    socket.setSoTimeout(patience);
    send(request);
    Heard heard = hear();
    stream = heard.status() == 101 || first(heard, "Content-Type").startsWith("text/event-stream");
    over = stream || first(heard, "Connection").equalsIgnoreCase("close");
    return heard;
  }

  /** A gateway that refuses a large body before it is all there may close while it is sent. */
  private void send(byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException closed) {
      if (in.available() == 0) {
        throw closed;
      }
    }
  }

  private Heard hear() throws IOException {
    String[] head = head().split("\r\n");
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : Arrays.asList(head).subList(1, head.length)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(head[0].substring(9, 12));
    Heard empty = new Heard(status, headers, "");
    boolean chunked = first(empty, "Transfer-Encoding").toLowerCase(Locale.ROOT).equals("chunked");
    if (status == 101 || first(empty, "Content-Type").startsWith("text/event-stream")) {
      return empty;
    }
    byte[] body = chunked ? chunks() : in.readNBytes(length(empty));
    return new Heard(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().split(";")[0].strip(), 16);
      all.write(in.readNBytes(size));
      line();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append("\r\n");
    }
    return head.toString();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the line ended after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static int length(Heard heard) {
    String length = first(heard, "Content-Length");
    return length.isEmpty() ? 0 : Integer.parseInt(length);
  }

  private static String first(Heard heard, String name) {
    return heard.headers().getOrDefault(name, List.of("")).getFirst();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
