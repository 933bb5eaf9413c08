package io.tidegate.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tidegate.auth.CrossOrigin;
import io.tidegate.peer.Peer;
import io.tidegate.problem.ProblemJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/** Answers written on a line whose HTTP codec is gone: a head, or a whole refusal. */
public final class RawHttp {
  private RawHttp() {}

  /** A status line and headers; {@code lines} are whole header lines of ours, without line ends. */
  public static ByteBuf head(HttpResponseStatus status, EdgeRequest request, String... lines) {
    StringBuilder head = new StringBuilder(256).append("HTTP/1.1 ").append(status.code());
    head.append(' ').append(status.reasonPhrase()).append("\r\n");
    line(head, "X-Request-Id: " + request.requestId());
    line(head, "X-Content-Type-Options: nosniff");
    line(head, "Referrer-Policy: no-referrer");
    if (request.peer().secure()) {
      line(head, "Strict-Transport-Security: " + Peer.STAY_SECURE);
    }
    for (String line : lines) {
      line(head, line);
    }
    return ByteBufUtil.writeAscii(Unpooled.buffer().alloc(), head.append("\r\n"));
  }

  /** What lets a page of this origin read the answer; empty without an origin. */
  public static String[] cors(@Nullable String origin) {
    return origin == null
        ? new String[0]
        : CrossOrigin.answer(origin).entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .toArray(String[]::new);
  }

  /** A refusal as problem+json; the line closes behind it. */
  public static ByteBuf refusal(RefusedException refused, EdgeRequest request) {
    byte[] body = ProblemJson.render(refused, request.requestId());
    HttpResponseStatus status = HttpResponseStatus.valueOf(refused.refusal().httpStatus());
    String[] cors = cors(request.origin());
    java.util.List<String> lines = new java.util.ArrayList<>(java.util.List.of(cors));
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
      lines.add("Allow: GET");
    }
    if (refused.refusal() == Refusal.UPGRADE_REQUIRED) {
      lines.add("Upgrade: websocket");
      lines.add("Sec-WebSocket-Version: 13");
    }
    ByteBuf head = head(status, request, lines.toArray(String[]::new));
    return Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(body));
  }

  private static void line(StringBuilder head, String line) {
    head.append(line).append("\r\n");
  }
}
