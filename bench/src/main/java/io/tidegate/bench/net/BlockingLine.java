package io.tidegate.bench.net;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection that sends a request and waits for its answer: nothing of the generator
 * stands between the clock and the socket.
 */
public final class BlockingLine implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;

  /** Connects. */
  public BlockingLine(InetSocketAddress to) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(to, PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A request as bytes, to be sent many times. */
  public static byte[] request(String method, String path, String authorization, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nHost: bench\r\nAuthorization: %s\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(
                method,
                path,
                authorization,
                content.length == 0 ? "" : "Content-Type: application/json\r\n",
                content.length);
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(bytes, bytes.length + content.length);
    System.arraycopy(content, 0, all, bytes.length, content.length);
    return all;
  }

  /** Sends it and reads the whole answer; returns its status. */
  public int ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String status = line();
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
    return Integer.parseInt(status.split(" ", 3)[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the gateway ended the line");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
