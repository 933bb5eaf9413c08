package io.tidegate.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Judge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A WebSocket that sends whatever frames a test likes. */
final class RawSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

  private final RawLine line;
  private final String head;

  private RawSocket(RawLine line, String head) {
    this.line = line;
    this.head = head;
    assertThat(head).startsWith("HTTP/1.1 101 ");
  }

  /** A frame from the gateway. */
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Json.read(text());
    }

    int closeCode() {
      return ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  static String handshake(String more) {
    return "GET /v1/ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + more
        + "\r\n";
  }

  static String basic(String key) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII))
        + "\r\n";
  }

  /** Opens with more header lines; nothing is read behind the handshake. */
  static RawSocket open(Target target, String more) {
    return open(RawLine.open(target), more);
  }

  /** Opens over this line. */
  static RawSocket open(RawLine line, String more) {
    line.send(handshake(more));
    return new RawSocket(line, line.head());
  }

  /** Goes on over a line whose handshake was answered with yes. */
  static RawSocket opened(RawLine line) {
    return new RawSocket(line, "HTTP/1.1 101 ");
  }

  /** Opens with a key and waits for {@code connected}. */
  static RawSocket withKey(Target target, String key) {
    RawSocket socket = open(target, basic(key));
    assertThat(socket.frame().json().path("type").asText()).isEqualTo("connected");
    return socket;
  }

  /** The handshake's answer. */
  String head() {
    return head;
  }

  RawLine line() {
    return line;
  }

  /** A masked frame. */
  static byte[] frame(boolean fin, int opcode, byte[] payload) {
    return frame((fin ? FIN : 0) | opcode, payload.length, payload);
  }

  /** A masked frame with this first byte, that says it has this length. */
  static byte[] frame(int first, long length, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (length <= 125) {
      out.write(MASKED | (int) length);
    } else if (length <= 0xffff) {
      out.write(MASKED | 126);
      out.write((int) length >> 8);
      out.write((int) length);
    } else {
      out.write(MASKED | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % MASK.length]);
    }
    return out.toByteArray();
  }

  static byte[] text(String text) {
    return frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  RawSocket send(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    line.send(all.toByteArray());
    return this;
  }

  /** The next frame; texts are judged. */
  Frame frame() {
    int first = line.next();
    assertThat(first).as("a frame, not the end").isNotNegative();
    int length = line.bytes(1)[0] & 0x7f;
    if (length == 126) {
      length = ByteBuffer.wrap(line.bytes(2)).getShort() & 0xffff;
    } else if (length == 127) {
      length = (int) ByteBuffer.wrap(line.bytes(8)).getLong();
    }
    Frame frame = new Frame(first & 0x0f, line.bytes(length));
    if (frame.opcode() == TEXT) {
      Judge.serverFrame(frame.text());
    }
    return frame;
  }

  /** The next text frame that is no answer to what came before. */
  JsonNode await(String type) {
    while (true) {
      Frame frame = frame();
      if (frame.opcode() == TEXT && frame.json().path("type").asText().equals(type)) {
        return frame.json();
      }
      assertThat(frame.opcode()).as("a close instead of " + type).isNotEqualTo(CLOSE);
    }
  }

  /** That the gateway says why it ends, closes with the code, and is gone when it is answered. */
  void assertClosed(int code, int closeCode) {
    assertThat(await("error").path("code").asInt()).isEqualTo(code);
    assertClosed(closeCode);
  }

  void assertClosed(int closeCode) {
    Frame close = frame();
    while (close.opcode() != CLOSE) {
      close = frame();
    }
    assertThat(close.closeCode()).isEqualTo(closeCode);
    Judge.closeCode(close.closeCode());
    line.trySend(frame(true, CLOSE, close.payload()));
    line.assertEnds();
  }

  /** That the connection is as good as before. */
  void assertServes() {
    send(text("{\"type\":\"ping\",\"id\":\"alive\"}"));
    assertThat(await("pong").path("id").asText()).isEqualTo("alive");
  }

  @Override
  public void close() {
    line.close();
  }
}
