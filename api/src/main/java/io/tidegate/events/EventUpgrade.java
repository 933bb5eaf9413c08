package io.tidegate.events;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.regex.Pattern;

/** A request for the stream that opens none is told what is wrong; the framework would not know. */
@ServerFilter("/v1/events")
final class EventUpgrade {
  private static final String VERSION = "13";

  /** 16 bytes in base64 (RFC 6455, 4.1). */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  @RequestFilter
  void before(HttpRequest<?> request) {
    // Other methods are refused by what routes them.
    if (request.getMethod() != HttpMethod.GET) {
      return;
    }
    HttpHeaders headers = request.getHeaders();
    if (!"websocket".equalsIgnoreCase(headers.get(HttpHeaders.UPGRADE))
        || !VERSION.equals(headers.get(HttpHeaders.SEC_WEBSOCKET_VERSION))) {
      throw new RefusedException(Refusal.UPGRADE_REQUIRED, "Send a WebSocket handshake.");
    }
    String key = headers.get(HttpHeaders.SEC_WEBSOCKET_KEY);
    if (key == null || !KEY.matcher(key).matches()) {
      throw new RefusedException(
          Refusal.HEADER_INVALID, "Sec-WebSocket-Key is 16 bytes in base64, once");
    }
  }
}
