package io.tidegate.e2e.subscribe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Base64;
import java.util.List;

/**
 * Whatever comes behind a good handshake, whole frames or none: what the gateway sends is frames of
 * its own, a close frame is the last of them, and the line ends when the client's side has.
 */
final class FrameFuzzing {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int FIN = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final TestApp APP = TestApp.create(SharedGateway.target(), "Fuzz");

  /** The bytes as they are. */
  void anyBytes(byte[] input) throws IOException {
    talk(input);
  }

  /** Each line of the input is the text of a frame, well masked. */
  void anyTexts(byte[] input) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (String line : new String(input, ISO_8859_1).split("\n", 40)) {
      frame(FIN | TEXT, line.getBytes(ISO_8859_1), frames);
    }
    talk(frames.toByteArray());
  }

  /** The input tells opcode, flags and length of frames, and what is in them. */
  void anyFrames(byte[] input) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int at = 0; at + 1 < input.length; ) {
      int length = Math.min(input[at + 1] & 0xff, input.length - at - 2);
      byte[] payload = java.util.Arrays.copyOfRange(input, at + 2, at + 2 + length);
      frame(input[at] & 0xff, payload, frames);
      at += 2 + length;
    }
    talk(frames.toByteArray());
  }

  private static void frame(int first, byte[] payload, ByteArrayOutputStream out) {
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else {
      out.write(0x80 | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
  }

  private void talk(byte[] bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", APP.target().port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(handshake().getBytes(UTF_8));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertThat(head(in)).startsWith("HTTP/1.1 101 ");
      try {
        out.write(bytes);
        socket.shutdownOutput();
      } catch (SocketException gone) {
        // It has heard enough: what it said before is still to be read.
      }
      readToTheEnd(in);
    }
  }

  private String handshake() {
    String key = Base64.getEncoder().encodeToString(APP.key().getBytes(UTF_8));
    return String.join(
        "\r\n",
        List.of(
            "GET /v1/ws HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Authorization: Basic " + key,
            "",
            ""));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("after " + head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  private static void readToTheEnd(DataInputStream in) throws IOException {
    boolean closed = false;
    try {
      while (true) {
        int first = in.readUnsignedByte();
        assertThat(closed).as("a frame behind the close frame").isFalse();
        byte[] payload = new byte[length(in)];
        in.readFully(payload);
        assertThat(first & 0xf0).as("final, no extension").isEqualTo(FIN);
        int opcode = first & 0x0f;
        assertThat(opcode).isIn(TEXT, CLOSE, PING, PONG);
        if (opcode == TEXT) {
          assertThat(Json.read(new String(payload, UTF_8)).path("type").asText()).isNotEmpty();
        } else {
          assertThat(payload.length).isLessThanOrEqualTo(125);
        }
        closed = opcode == CLOSE;
      }
    } catch (EOFException | SocketException end) {
      // The line has ended, as it must.
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte();
    assertThat(length & 0x80).as("frames of a server are not masked").isZero();
    return length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
  }
}
