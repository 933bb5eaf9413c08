package io.tidegate.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tidegate.auth.CrossOrigin;
import io.tidegate.peer.Peer;
import io.tidegate.problem.ProblemJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers written on a line whose HTTP codec is gone: a head, or a whole refusal. */
public final class RawHttp {
  private RawHttp() {}

  /** A status line and headers; {@code lines} are whole header lines of ours, without line ends. */
  public static ByteBuf head(HttpResponseStatus status, String requestId, String... lines) {
    StringBuilder head = new StringBuilder(256).append("HTTP/1.1 ").append(status.code());
    head.append(' ').append(status.reasonPhrase()).append("\r\n");
    line(head, "X-Request-Id: " + requestId);
    line(head, "X-Content-Type-Options: nosniff");
    line(head, "Referrer-Policy: no-referrer");
    for (String line : lines) {
      line(head, line);
    }
    return ByteBufUtil.writeAscii(Unpooled.buffer().alloc(), head.append("\r\n"));
  }

  /**
   * The header lines that depend on who asked.
   *
   * @param origin of its page, which may read the answer; null when it has none
   * @param secure whether it uses TLS, and is to go on doing so
   */
  public static List<String> ofClient(@Nullable String origin, boolean secure) {
    List<String> lines = new ArrayList<>();
    if (origin != null) {
      CrossOrigin.answer(origin).forEach((name, value) -> lines.add(name + ": " + value));
    }
    if (secure) {
      lines.add("Strict-Transport-Security: " + Peer.STAY_SECURE);
    }
    return lines;
  }

  /**
   * A refusal as problem+json; the line closes behind it.
   *
   * @param origin of the page that asked, null when none did
   * @param secure whether the client uses TLS
   * @param allow the methods that would have been right, where the method is refused
   */
  public static ByteBuf refusal(
      RefusedException refused,
      String requestId,
      @Nullable String origin,
      boolean secure,
      String allow) {
    byte[] body = ProblemJson.render(refused, requestId);
    HttpResponseStatus status = HttpResponseStatus.valueOf(refused.refusal().httpStatus());
    List<String> lines = new ArrayList<>(ofClient(origin, secure));
    lines.add("Content-Type: " + ProblemJson.MEDIA_TYPE);
    lines.add("Content-Length: " + body.length);
    lines.add("Cache-Control: no-store");
    lines.add("Connection: close");
    int retryAfter = ProblemJson.retryAfterSeconds(refused);
    if (retryAfter > 0) {
      lines.add("Retry-After: " + retryAfter);
    }
    if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      lines.add("WWW-Authenticate: Bearer realm=\"tidegate\"");
    }
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      lines.add("Allow: " + allow);
    }
    if (refused.refusal() == Refusal.UPGRADE_REQUIRED) {
      lines.add("Upgrade: websocket");
      lines.add("Sec-WebSocket-Version: 13");
    }
    ByteBuf head = head(status, requestId, lines.toArray(String[]::new));
    return Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(body));
  }

  /** An event stream that holds nothing but when to ask again; the line closes behind it. */
  static ByteBuf comeAgain(
      RefusedException refused, String requestId, @Nullable String origin, boolean secure) {
    byte[] body =
        ("retry: " + 1_000L * Math.max(1, ProblemJson.retryAfterSeconds(refused)) + "\n\n")
            .getBytes(StandardCharsets.US_ASCII);
    List<String> lines = new ArrayList<>(ofClient(origin, secure));
    lines.add("Content-Type: text/event-stream; charset=utf-8");
    lines.add("Content-Length: " + body.length);
    lines.add("Cache-Control: no-cache, no-transform");
    lines.add("Connection: close");
    ByteBuf head = head(HttpResponseStatus.OK, requestId, lines.toArray(String[]::new));
    return Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(body));
  }

  private static void line(StringBuilder head, String line) {
    head.append(line).append("\r\n");
  }
}
