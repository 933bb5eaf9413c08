package io.tidegate.events;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.tidegate.auth.Origins;
import io.tidegate.control.ControlAuthenticator;
import io.tidegate.control.ControlPrincipal;
import io.tidegate.json.StrictJson;
import io.tidegate.limit.Attempts;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Peers;
import jakarta.inject.Named;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket of the stream. A token in the handshake's {@code Authorization}, or in the first
 * frame, {@code auth{token}}, within 5 s.
 */
@ServerWebSocket("/v1/events")
@Secured(SecurityRule.IS_ANONYMOUS)
class EventSocket {
  private static final Duration AUTH_WITHIN = Duration.ofSeconds(5);
  private static final int MAX_FRAME_BYTES = 4_096;

  /** Of the client, kept with the session: frames have none. */
  private static final String ADDRESS = "tidegate.address";

  private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

  private final EventStream stream;
  private final ControlAuthenticator authenticator;
  private final Attempts attempts;
  private final ExecutorService blocking;
  private final ScheduledExecutorService timer;

  EventSocket(
      EventStream stream,
      ControlAuthenticator authenticator,
      Attempts attempts,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      @Named("node-timer") ScheduledExecutorService timer) {
    this.stream = stream;
    this.authenticator = authenticator;
    this.attempts = attempts;
    this.blocking = blocking;
    this.timer = timer;
  }

  @OnOpen
  void opened(WebSocketSession session, HttpRequest<?> request) {
    session.put(ADDRESS, Peers.of(request).address());
    EventListener listener = stream.open(session);
    Principal shown = session.getUserPrincipal().orElse(null);
    if (shown instanceof ControlPrincipal who) {
      if (mayShow(request)) {
        listener.authenticated(who);
      } else {
        listener.end(
            new RefusedException(
                Refusal.ORIGIN_REFUSED, "a session is for pages of this gateway alone"));
      }
    } else if (shown != null) {
      listener.end(
          new RefusedException(
              Refusal.CREDENTIAL_INVALID, "This needs an operator or control token."));
    } else {
      timer.schedule(
          () -> {
            if (listener.principal() == null) {
              listener.end(new RefusedException(Refusal.AUTH_TIMEOUT, "no auth within 5 s"));
            }
          },
          AUTH_WITHIN.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /**
   * What a header showed, a program put there. A cookie a browser sends by itself, for whatever
   * page opens the socket: only for the gateway's own it counts.
   */
  private static boolean mayShow(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    return headers.contains(HttpHeaders.AUTHORIZATION)
        || Origins.isOf(headers.get(HttpHeaders.ORIGIN), Peers.hostOf(request));
  }

  @OnMessage(maxPayloadLength = MAX_FRAME_BYTES)
  void received(String text, WebSocketSession session) {
    EventListener listener = stream.of(session);
    if (listener == null) {
      return;
    }
    if (listener.mayAuthenticate()) {
      String address = session.get(ADDRESS, String.class).orElse("unknown");
      blocking.execute(() -> authenticate(listener, address, text));
    } else {
      listener.tell(
          EventFrames.error(
              new RefusedException(Refusal.FRAME_TYPE_UNKNOWN, "only the first frame is read")));
    }
  }

  private void authenticate(EventListener listener, String address, String text) {
    try {
      listener.authenticated(attempts.check(address, () -> authenticator.require(token(text))));
    } catch (RefusedException refused) {
      listener.end(refused.refusal().closes() ? refused : invalid());
    } catch (RuntimeException e) {
      LOG.error("a listener's token could not be looked at", e);
      listener.end(new RefusedException(Refusal.INTERNAL, "the gateway failed; it has been noted"));
    }
  }

  private static String token(String text) {
    Map<String, ?> frame = StrictJson.parseObject(text);
    if (frame.keySet().equals(Set.of("type", "token"))
        && "auth".equals(frame.get("type"))
        && frame.get("token") instanceof String token) {
      return token;
    }
    throw invalid();
  }

  private static RefusedException invalid() {
    return new RefusedException(
        Refusal.CREDENTIAL_INVALID, "The first frame is {\"type\":\"auth\",\"token\":...}.");
  }

  @OnClose
  void closed(WebSocketSession session) {
    stream.close(session);
  }

  @OnError
  void failed(WebSocketSession session, Throwable failure) {
    // A frame too large, or a line that broke: nothing that concerns anybody else.
    LOG.debug("a listener's line fails", failure);
    stream.close(session);
    session.close();
  }
}
