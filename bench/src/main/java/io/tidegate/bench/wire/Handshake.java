package io.tidegate.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The opening handshake (RFC 6455, 4): one fixed nonce for all, so the answer is known. */
public final class Handshake {
  private static final String NONCE = "dGlkZWdhdGUgYmVuY2ghIQ==";
  private static final String ACCEPT = accept();
  private static final int MAX_HEAD = 16 * 1024;

  private Handshake() {}

  /** The opening request. */
  public static ByteBuf request(
      ByteBufAllocator alloc, String host, String path, String authorization) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: "
            + NONCE
            + "\r\nAuthorization: "
            + authorization
            + "\r\n\r\n";
    return alloc.buffer(head.length()).writeBytes(head.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Takes the answer's head out of {@code in}; bytes after it stay. Null while it is incomplete,
   * empty when the gateway agreed, else why not.
   */
  public static @Nullable String answer(ByteBuf in) {
    String text = in.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return text.length() < MAX_HEAD ? null : "endless handshake";
    }
    in.skipBytes(end + 4);
    String status = text.substring(0, text.indexOf("\r\n"));
    if (!status.startsWith("HTTP/1.1 101")) {
      return status + " " + text.substring(end + 4);
    }
    String accept = "\r\nsec-websocket-accept: " + ACCEPT.toLowerCase(Locale.ROOT) + "\r\n";
    return text.substring(0, end + 2).toLowerCase(Locale.ROOT).contains(accept)
        ? ""
        : "wrong Sec-WebSocket-Accept";
  }

  private static String accept() {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (NONCE + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(sha);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
