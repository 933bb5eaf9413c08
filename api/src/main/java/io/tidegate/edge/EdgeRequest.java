package io.tidegate.edge;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tidegate.guard.RawHttp;
import io.tidegate.peer.Peer;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.RequestId;
import io.tidegate.refusal.Circumstance;
import io.tidegate.session.Arrival;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a subscribe connection, read off the HTTP codec. Holds no buffers.
 *
 * @param peer the client, for limits and the connections list
 */
public record EdgeRequest(
    HttpRequest http, Map<String, List<String>> query, String requestId, Peer peer) {

  private static final int MAX_PARAMETERS = 256;

  static EdgeRequest of(HttpRequest http, Peer peer) {
    String requestId = RequestId.acceptOrMake(http.headers().get(RequestId.HEADER));
    return new EdgeRequest(http, parse(http.uri()), requestId, peer);
  }

  /** The path of a request target, without its query. */
  static String path(String uri) {
    int end = uri.indexOf('?');
    return end < 0 ? uri : uri.substring(0, end);
  }

  private static Map<String, List<String>> parse(String uri) {
    try {
      return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, false)
          .parameters();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }

  /** The client's, behind the proxies that are trusted. */
  public String address() {
    return peer.address();
  }

  public @Nullable String header(CharSequence name) {
    return http.headers().get(name);
  }

  public @Nullable String origin() {
    return header(HttpHeaderNames.ORIGIN);
  }

  public Arrival arrival() {
    return new Arrival(address(), origin(), host());
  }

  /** The authority that the client asked; a proxy may ask under another name. */
  @Nullable String host() {
    return peer.host() == null ? header(HttpHeaderNames.HOST) : peer.host();
  }

  /**
   * Bytes behind the head are the protocol's that the line changes to, so they are nothing else.
   *
   * @throws RefusedException BAD_REQUEST
   */
  void requireNoBody() {
    String length = header(HttpHeaderNames.CONTENT_LENGTH);
    if (http.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"))) {
      throw new RefusedException(Refusal.BAD_REQUEST, "a subscribe request has no body");
    }
  }

  /** The header lines of an answer that depend on who asked. */
  public List<String> linesOfClient() {
    return RawHttp.ofClient(origin(), peer.secure());
  }

  /** An answer that refuses it; the line closes behind it. */
  public ByteBuf refusal(RefusedException refused) {
    return RawHttp.refusal(refused, requestId, origin(), peer.secure(), "GET");
  }

  /** Where it is when it is refused: before it has a connection. */
  public Circumstance circumstance() {
    List<String> channels = parameters("channel");
    return new Circumstance(
        protocol(),
        "connect",
        channels.size() == 1 ? channels.getFirst() : null,
        requestId,
        null,
        address());
  }

  private String protocol() {
    return switch (path(http.uri())) {
      case "/v1/sse" -> "sse";
      case "/v1/poll" -> "poll";
      default -> "websocket";
    };
  }

  /** The first value of a query parameter, null when it is absent or empty. */
  public @Nullable String parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
  }

  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /**
   * @throws RefusedException FIELD_INVALID unless the parameter is {@code true}, {@code false} or
   *     absent
   */
  public boolean flag(String name, boolean otherwise) {
    String value = parameter(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw RefusedException.ofField(Refusal.FIELD_INVALID, name, "is true or false");
    };
  }
}
