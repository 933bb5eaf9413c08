package io.tidegate.websocket;

import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.tidegate.edge.EdgeCredentials;
import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.EdgeRoute;
import io.tidegate.edge.Takeover;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Admitted;
import io.tidegate.session.Protocol;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import io.tidegate.trace.Traces;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets. A credential in the handshake makes {@code connected} the first frame; without
 * one the client's first frame is {@code auth} (docs/decisions/websocket-opening.md).
 */
@Singleton
final class WebSocketRoute implements EdgeRoute {
  /** A message of 64 kB in its frame; also the bound on the sum of a message's fragments. */
  static final int MAX_FRAME_BYTES = 72 << 10;

  private static final Protocol PROTOCOL = new Protocol("websocket", 25, true, true, true);

  static final WebSocketDecoderConfig DECODER =
      WebSocketDecoderConfig.newBuilder()
          .expectMaskedFrames(true)
          .allowExtensions(false)
          .allowMaskMismatch(false)
          .maxFramePayloadLength(MAX_FRAME_BYTES)
          .closeOnProtocolViolation(false)
          .withUTF8Validator(false)
          .build();

  private final EdgeCredentials credentials;
  private final Sessions sessions;
  private final Traces traces;

  WebSocketRoute(EdgeCredentials credentials, Sessions sessions, Traces traces) {
    this.credentials = credentials;
    this.sessions = sessions;
    this.traces = traces;
  }

  @Override
  public String path() {
    return "/v1/ws";
  }

  @Override
  public Opening decide(EdgeRequest request) {
    WebSocketHandshake.require(request);
    boolean echo = request.flag("echo", true);
    String resume = resume(request);
    if (!EdgeCredentials.isGiven(request)) {
      sessions.entrance().requireRoom();
      return line -> open(line, request, session -> {});
    }
    try {
      return sessions.entrance().letIn(() -> known(request, resume, echo));
    } catch (RefusedException refused) {
      if (!EdgeCredentials.isInUrl(request)) {
        throw refused;
      }
      return line -> open(line, request, session -> session.end(refused));
    }
  }

  /** As long as one in an {@code auth} frame. */
  private static @Nullable String resume(EdgeRequest request) {
    String key = request.parameter("resume");
    if (key != null && key.length() > CommandReader.MAX_KEY) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "resume", "has at most " + CommandReader.MAX_KEY + " characters");
    }
    return key;
  }

  private Opening known(EdgeRequest request, @Nullable String resume, boolean echo) {
    EdgeCredentials.Identity who = credentials.require(request, false);
    Admitted admitted = sessions.admit(who.principal(), resume, PROTOCOL, request.arrival());
    return line -> open(line, request, session -> session.authenticated(admitted, resume, echo));
  }

  private void open(Takeover line, EdgeRequest request, Consumer<Session> first) {
    WebSocketLine transport = new WebSocketLine(line.channel());
    Session session =
        sessions.open(
            line.channel().eventLoop(),
            PROTOCOL,
            transport,
            WebSocketFormat.NATIVE,
            request.arrival());
    session.continueTrace(traces.parent(request.http().headers().getAll(Traces.HEADER)));
    transport.attach(session);
    // The answer's head is written before what the session says first.
    line.become(
        WebSocketHandshake.accept(request), new WebSocket13FrameDecoder(DECODER), transport);
    first.accept(session);
  }
}
