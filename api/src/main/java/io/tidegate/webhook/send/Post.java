package io.tidegate.webhook.send;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The request. Says nothing of cookies and of compression, so that neither comes back, and asks for
 * the connection's end: a connection of one call is checked for it alone.
 */
final class Post {
  private static final String AGENT = "Tidegate-Webhooks/1";

  /** What another reader on the way would take for the end of the message, or its address. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "accept-encoding",
          "cookie");

  private final String path;
  private final HttpHeaders headers;
  private final byte[] body;

  /**
   * @throws IllegalArgumentException as {@link Sender#send} says
   */
  Post(Target target, Map<String, String> given, byte[] body) {
    this.path = target.path();
    this.body = body;
    headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.HOST, target.authority());
    headers.set(HttpHeaderNames.USER_AGENT, AGENT);
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    given.forEach(
        (name, value) -> {
          if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " is the sender's own header");
          }
          headers.set(name, value);
        });
  }

  FullHttpRequest request() {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.POST,
        path,
        Unpooled.wrappedBuffer(body),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
