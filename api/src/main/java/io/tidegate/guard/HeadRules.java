package io.tidegate.guard;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.tidegate.json.Utf8;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a decoded head has to be, whatever its route (RFC 9112, sections 3 and 6). */
final class HeadRules {
  static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)([/?].*)?");

  private HeadRules() {}

  /**
   * Leaves the target of the request in origin form, and an upgrade in a GET only.
   *
   * @throws RefusedException BAD_REQUEST or METHOD_NOT_ALLOWED
   */
  static void require(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw bad("HTTP/1.1 is spoken here");
    }
    if (!METHODS.contains(request.method())) {
      throw new RefusedException(Refusal.METHOD_NOT_ALLOWED, "the method is not one of Allow");
    }
    String host = host(request);
    request.setUri(target(request.uri(), host));
    framing(request);
    // Only a GET opens a WebSocket (RFC 6455, 4.1); of others an upgrade may be ignored (RFC 9110,
    // 7.8).
    if (!request.method().equals(HttpMethod.GET)) {
      request.headers().remove(HttpHeaderNames.UPGRADE);
    }
  }

  private static String host(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return "";
    }
    if (hosts.size() != 1 || !HOST.matcher(hosts.getFirst()).matches()) {
      throw bad("a request has one Host, a name or address and perhaps a port");
    }
    return hosts.getFirst();
  }

  private static String target(String uri, String host) {
    String target = uri;
    var absolute = ABSOLUTE.matcher(uri);
    if (absolute.matches()) {
      if (!absolute.group(1).equalsIgnoreCase(host)) {
        throw bad("the address names another host than Host");
      }
      String rest = absolute.group(2);
      target = rest == null ? "/" : rest.startsWith("/") ? rest : "/" + rest;
    }
    if (!target.startsWith("/") || target.indexOf('#') >= 0) {
      throw bad("the address is a path, and perhaps a query");
    }
    int query = target.indexOf('?');
    byte[] path = decoded(target, 0, query < 0 ? target.length() : query);
    byte[] rest = query < 0 ? new byte[0] : decoded(target, query + 1, target.length());
    // A path's own reader knows better what is wrong with a name in it.
    if (path.length == 0 || !Utf8.isValid(rest, 0, rest.length)) {
      throw bad("a query is percent-encoded UTF-8");
    }
    return target;
  }

  /** Percent-decoded; refuses what RFC 3986 does not let stand in an address. */
  private static byte[] decoded(String text, int from, int to) {
    var bytes = new java.io.ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int value = c;
      if (c == '%') {
        int high = hex(text, i + 1, to);
        int low = hex(text, i + 2, to);
        if (high < 0 || low < 0) {
          throw bad("% begins two hexadecimal digits");
        }
        value = high << 4 | low;
        i += 2;
      } else if (c <= ' ' || c >= 0x7f) {
        throw bad("an address is ASCII, other characters percent-encoded");
      }
      bytes.write(value);
    }
    return bytes.toByteArray();
  }

  private static int hex(String text, int at, int end) {
    return at < end ? Character.digit(text.charAt(at), 16) : -1;
  }

  /** Lengths have been read by the decoder; of the codings only one is understood. */
  private static void framing(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return;
    }
    boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
    if (!chunked
        || headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        || request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      throw bad("Transfer-Encoding is chunked, alone, in HTTP/1.1");
    }
  }

  private static RefusedException bad(String detail) {
    return new RefusedException(Refusal.BAD_REQUEST, detail);
  }
}
