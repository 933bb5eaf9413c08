package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.problem.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A socket that says whatever a test likes. Text is sent as ISO 8859-1: one byte a character. */
final class RawLine implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  private RawLine(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawLine open(Target target) {
    return open(target, "127.0.0.1");
  }

  /**
   * @param from an address of this machine that the line comes from
   */
  static RawLine open(Target target, String from) {
    try {
      Socket socket = new Socket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
      return new RawLine(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawLine send(String latin1) {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawLine send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what may meet a line that the gateway has closed. */
  boolean trySend(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether something has come that was not read yet. */
  boolean hasAnswer() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next answer, whole. */
  Answer answer() {
    String[] head = head().split("\r\n");
    assertThat(head[0]).startsWith("HTTP/1.");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : Arrays.asList(head).subList(1, head.length)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), List.of(line.substring(colon + 1).strip()));
    }
    HttpHeaders read = HttpHeaders.of(headers, (name, value) -> true);
    int length = (int) read.firstValueAsLong("Content-Length").orElse(0);
    String body = new String(bytes(length), StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(head[0].substring(9, 12)), read, body);
  }

  /** The next answer, which refuses in the catalogue's words. */
  Answer refusal() {
    Answer answer = answer();
    assertProblem(answer);
    return answer;
  }

  /** That a refusal is a problem of the catalogue, whoever made it. */
  static void assertProblem(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isGreaterThanOrEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("X-Request-Id"))
        .hasValue(answer.json().path("requestId").asText());
    assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
    assertThat(Arrays.stream(Refusal.values()))
        .anySatisfy(
            row -> {
              assertThat(row.code()).isEqualTo(answer.code());
              assertThat(row.httpStatus()).isEqualTo(answer.status());
              assertThat(row.title()).isEqualTo(answer.json().path("title").asText());
            });
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("io.");
  }

  /** The lines up to an empty one. */
  String head() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try {
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError("the line ended behind: " + head);
        }
        head.write(next);
      }
    } catch (IOException e) {
      throw new AssertionError("no answer behind: " + head, e);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  byte[] bytes(int count) {
    try {
      byte[] read = in.readNBytes(count);
      assertThat(read).hasSize(count);
      return read;
    } catch (IOException e) {
      throw new AssertionError("fewer than " + count + " bytes came", e);
    }
  }

  /** The next byte, -1 when the gateway has closed its side. */
  int next() {
    try {
      return in.read();
    } catch (SocketException reset) {
      return -1;
    } catch (IOException e) {
      throw new AssertionError("neither a byte nor an end", e);
    }
  }

  /** That nothing follows but the end. */
  void assertEnds() {
    assertThat(next()).as("the line ends").isEqualTo(-1);
  }

  /** Breaks the line off with a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
