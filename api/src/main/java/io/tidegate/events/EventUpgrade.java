package io.tidegate.events;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** A plain request for the stream is told what is missing; the framework would not know. */
@ServerFilter("/v1/events")
final class EventUpgrade {
  @RequestFilter
  void before(HttpRequest<?> request) {
    if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))) {
      throw new RefusedException(Refusal.UPGRADE_REQUIRED, "Send a WebSocket handshake.");
    }
  }
}
