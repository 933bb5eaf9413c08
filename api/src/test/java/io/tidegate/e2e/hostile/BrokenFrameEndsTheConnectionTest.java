package io.tidegate.e2e.hostile;

import static io.tidegate.e2e.hostile.RawSocket.BINARY;
import static io.tidegate.e2e.hostile.RawSocket.CLOSE;
import static io.tidegate.e2e.hostile.RawSocket.CONTINUATION;
import static io.tidegate.e2e.hostile.RawSocket.PING;
import static io.tidegate.e2e.hostile.RawSocket.PONG;
import static io.tidegate.e2e.hostile.RawSocket.TEXT;
import static io.tidegate.e2e.hostile.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 broken on purpose; behind each a good publish, which is not carried out. */
@WireTest
final class BrokenFrameEndsTheConnectionTest {
  private static final int MAX_BYTES = 72 << 10;

  private final TestApp app = TestApp.create(SharedGateway.target(), "Frames");

  static Stream<Arguments> frames() {
    byte[] ping = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    byte[] unmasked = {(byte) 0x81, 2, '{', '}'};
    return Stream.of(
        no("unmasked text", 40060, 1002, unmasked),
        no("unmasked ping", 40060, 1002, new byte[] {(byte) 0x89, 0}),
        no("RSV1, as of deflate", 40060, 1002, frame(0xc1, ping.length, ping)),
        no("RSV2", 40060, 1002, frame(0xa1, ping.length, ping)),
        no("RSV3", 40060, 1002, frame(0x91, ping.length, ping)),
        no("RSV1 on a ping", 40060, 1002, frame(0xc9, 0, new byte[0])),
        no("reserved opcode 3", 40060, 1002, frame(0x83, 0, new byte[0])),
        no("reserved opcode 7", 40060, 1002, frame(0x87, 0, new byte[0])),
        no("reserved opcode 11", 40060, 1002, frame(0x8b, 0, new byte[0])),
        no("reserved opcode 15", 40060, 1002, frame(0x8f, 0, new byte[0])),
        no("ping of 126 bytes", 40060, 1002, frame(true, PING, new byte[126])),
        no("pong of 126 bytes", 40060, 1002, frame(true, PONG, new byte[126])),
        no("close of 126 bytes", 40060, 1002, frame(true, CLOSE, new byte[126])),
        no("ping in fragments", 40060, 1002, frame(false, PING, new byte[2])),
        no("close in fragments", 40060, 1002, frame(false, CLOSE, new byte[2])),
        no("continuation of nothing", 40060, 1002, frame(true, CONTINUATION, ping)),
        no("text within a text", 40060, 1002, frame(false, TEXT, ping), frame(true, TEXT, ping)),
        no("close of one byte", 40060, 1002, frame(true, CLOSE, new byte[1])),
        no("close code 999", 40060, 1002, close(999, "")),
        no("close code 1004", 40060, 1002, close(1004, "")),
        no("close code 1005", 40060, 1002, close(1005, "")),
        no("close code 1006", 40060, 1002, close(1006, "")),
        no("close code 1015", 40060, 1002, close(1015, "")),
        no("close code 2999", 40060, 1002, close(2999, "")),
        no("close code 5000", 40060, 1002, close(5000, "")),
        no("close reason no UTF-8", 40061, 1007, close(1000, "\u00ff")),
        no("binary", 40062, 1003, frame(true, BINARY, ping)),
        no("binary in fragments", 40062, 1003, frame(false, BINARY, ping)),
        no("FF in a text", 40061, 1007, latin1("{\"type\":\"ping\",\"id\":\"\u00ff\"}")),
        no("overlong slash", 40061, 1007, latin1("\"\u00c0\u00af\"")),
        no("surrogate in UTF-8", 40061, 1007, latin1("\"\u00ed\u00a0\u0080\"")),
        no("past U+10FFFF", 40061, 1007, latin1("\"\u00f4\u0090\u0080\u0080\"")),
        no("cut character", 40061, 1007, latin1("\"\u00e2\u0082")),
        no(
            "FF in a later fragment",
            40061,
            1007,
            frame(false, TEXT, new byte[] {'"'}),
            frame(true, CONTINUATION, new byte[] {(byte) 0xff, '"'})),
        no(
            "character cut across fragments and left so",
            40061,
            1007,
            frame(false, TEXT, new byte[] {'"', (byte) 0xe2}),
            frame(true, CONTINUATION, new byte[] {'"'})),
        no("frame over the limit", 41303, 1009, frame(0x81, MAX_BYTES + 1, new byte[0])),
        no("frame of 2^40", 41303, 1009, frame(0x81, 1L << 40, new byte[0])),
        no("frame of a negative length", 41303, 1009, frame(0x81, -1, new byte[0])),
        no(
            "fragments over the limit together",
            41303,
            1009,
            frame(false, TEXT, new byte[MAX_BYTES / 2]),
            frame(false, CONTINUATION, new byte[MAX_BYTES / 2]),
            frame(true, CONTINUATION, new byte[1])),
        no("33 fragments", 40060, 1002, fragments(33)),
        no("fragments of nothing", 40060, 1002, empty(33)));
  }

  private static Arguments no(String what, int code, int closeCode, byte[]... frames) {
    return Arguments.of(what, code, closeCode, frames);
  }

  private static byte[] close(int code, String latin1Reason) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(code >> 8);
    body.write(code);
    body.writeBytes(latin1Reason.getBytes(StandardCharsets.ISO_8859_1));
    return frame(true, CLOSE, body.toByteArray());
  }

  private static byte[] latin1(String text) {
    return frame(true, TEXT, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One ping command in so many fragments. */
  private static byte[][] fragments(int count) {
    byte[] json = "{\"type\":\"ping\",\"id\":\"%s\"}".formatted("x".repeat(40)).getBytes();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      byte[] part = java.util.Arrays.copyOfRange(json, i, last ? json.length : i + 1);
      frames.add(frame(last, i == 0 ? TEXT : CONTINUATION, part));
    }
    return frames.toArray(byte[][]::new);
  }

  private static byte[][] empty(int count) {
    List<byte[]> frames = new ArrayList<>();
    frames.add(frame(false, TEXT, new byte[0]));
    frames.addAll(Collections.nCopies(count - 1, frame(false, CONTINUATION, new byte[0])));
    return frames.toArray(byte[][]::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void isToldWhyAndNothingBehindItIsCarriedOut(
      String what, int code, int closeCode, byte[][] frames) {
    String publish = "{\"type\":\"publish\",\"channel\":\"behind\",\"messages\":[{\"data\":1}]}";
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      socket.send(frames).line().trySend(RawSocket.text(publish));

      socket.assertClosed(code, closeCode);
    }
    assertThat(app.history("behind").forward(10)).isEmpty();
  }

  @Test
  void fragmentsWithinTheLimitsAreOneMessage() {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      byte[][] frames = fragments(32);
      socket.send(java.util.Arrays.copyOf(frames, 16));
      socket.send(frame(true, PING, new byte[] {'a'}));
      RawSocket.Frame pong = socket.frame();
      socket.send(java.util.Arrays.copyOfRange(frames, 16, 32));

      assertThat(pong.opcode()).isEqualTo(PONG);
      assertThat(pong.text()).isEqualTo("a");
      assertThat(socket.await("pong").path("id").asText()).isEqualTo("x".repeat(40));
    }
  }

  @Test
  void characterCutAcrossFragmentsIsWhole() {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      byte[] json = "{\"type\":\"ping\",\"id\":\"\u20ac\"}".getBytes(StandardCharsets.UTF_8);
      int cut = json.length - 4;
      socket.send(
          frame(false, TEXT, java.util.Arrays.copyOf(json, cut)),
          frame(true, CONTINUATION, java.util.Arrays.copyOfRange(json, cut, json.length)));

      assertThat(socket.await("pong").path("id").asText()).isEqualTo("\u20ac");
    }
  }

  @Test
  void messageThatIsNotFinishedInTimeEndsTheConnection() {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      socket.send(frame(false, TEXT, new byte[] {'{'}));

      socket.assertClosed(40803, 4113);
    }
  }

  @Test
  void messagesThatAreFinishedNeverRunOut() {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      socket.send(frame(false, TEXT, "{\"type\":".getBytes(StandardCharsets.UTF_8)));
      socket.send(frame(true, CONTINUATION, "\"ping\"}".getBytes(StandardCharsets.UTF_8)));
      socket.await("pong");
      socket.send(frame(false, TEXT, "{\"type\":".getBytes(StandardCharsets.UTF_8)));
      socket.send(frame(true, CONTINUATION, "\"ping\"}".getBytes(StandardCharsets.UTF_8)));
      socket.await("pong");
      socket.assertServes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {PING, PONG})
  void floodOfControlFramesEndsTheConnection(int opcode) {
    byte[][] flood =
        Collections.nCopies(200, frame(true, opcode, new byte[1])).toArray(byte[][]::new);
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      socket.send(flood);

      socket.assertClosed(42920, 4106);
    }
  }

  @Test
  void aHandfulOfPingsAtOnceIsAnswered() {
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      socket.send(Collections.nCopies(20, frame(true, PING, new byte[125])).toArray(byte[][]::new));
      for (int i = 0; i < 20; i++) {
        assertThat(socket.frame().opcode()).isEqualTo(PONG);
      }
      socket.assertServes();
    }
  }

  /** One segment with a thousand commands, one byte a segment: the same. */
  @Test
  void framesComeHoweverTheSegmentsAreCut() {
    byte[] publish =
        RawSocket.text("{\"type\":\"publish\",\"channel\":\"cut\",\"messages\":[{\"data\":1}]}");
    try (RawSocket socket = RawSocket.withKey(app.target(), app.key())) {
      socket.send(Collections.nCopies(1_000, publish).toArray(byte[][]::new));
      for (byte one : publish) {
        socket.send(new byte[] {one});
      }
      socket.send(RawSocket.text("{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\"cut\"}"));

      assertThat(socket.await("subscribed").path("seq").asInt()).isEqualTo(1_001);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "x-webkit-deflate-frame",
        "permessage-deflate, permessage-bzip2; x=1, \u00ff"
      })
  void extensionsAreDeclined(String offer) {
    String more = RawSocket.basic(app.key()) + "Sec-WebSocket-Extensions: " + offer + "\r\n";
    try (RawSocket socket = RawSocket.open(app.target(), more)) {
      assertThat(socket.head()).doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
      socket.assertServes();
    }
  }
}
