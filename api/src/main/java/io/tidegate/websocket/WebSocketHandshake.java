package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tidegate.edge.EdgeRequest;
import io.tidegate.guard.RawHttp;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The opening handshake of RFC 6455, section 4.2. */
final class WebSocketHandshake {
  private static final String VERSION = "13";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /**
   * @throws RefusedException METHOD_NOT_ALLOWED, UPGRADE_REQUIRED or HEADER_INVALID
   */
  static void require(EdgeRequest request) {
    if (!request.http().method().equals(HttpMethod.GET)) {
      throw new RefusedException(Refusal.METHOD_NOT_ALLOWED, "a WebSocket opens with GET");
    }
    boolean upgrade =
        request
                .http()
                .headers()
                .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                nullToEmpty(request.header(HttpHeaderNames.UPGRADE)));
    if (!upgrade || !VERSION.equals(request.header(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      throw new RefusedException(
          Refusal.UPGRADE_REQUIRED, "this address speaks WebSocket, version 13");
    }
    if (!isKey(request.header(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
      throw new RefusedException(
          Refusal.HEADER_INVALID, "Sec-WebSocket-Key is 16 bytes in base64, once");
    }
  }

  /** The head of the answer. */
  static ByteBuf accept(EdgeRequest request) {
    return RawHttp.head(
        HttpResponseStatus.SWITCHING_PROTOCOLS,
        request.requestId(),
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Accept: " + answerTo(request.header(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String answerTo(@Nullable String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  private static CharSequence nullToEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
