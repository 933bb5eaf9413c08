package io.tidegate.websocket;

import io.micronaut.context.annotation.Requires;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.tidegate.auth.Authenticator;
import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.EdgeRoute;
import io.tidegate.edge.Takeover;
import io.tidegate.session.Admitted;
import io.tidegate.session.Protocol;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;

/**
 * An echo on the product's edge: the same handshake, decoder, frames and deadlines. Of gateways
 * that start while {@link #ON} is a system property.
 */
@Singleton
@Requires(property = EchoRoute.ON)
final class EchoRoute implements EdgeRoute {
  static final String ON = "tidegate.test.echo";
  static final String PATH = "/echo";

  private static final Protocol PROTOCOL = new Protocol("echo", 25, true, true, true);

  private final Sessions sessions;
  private final Authenticator authenticator;
  private volatile String key = "";

  EchoRoute(Sessions sessions, Authenticator authenticator) {
    this.sessions = sessions;
    this.authenticator = authenticator;
  }

  /** Name and secret of all clients, since the suite has no credential. */
  void everybodyHas(String ofAll) {
    key = ofAll;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Opening decide(EdgeRequest request) {
    WebSocketHandshake.require(request);
    Admitted who = sessions.admit(authenticator.key(key), null, PROTOCOL, request.arrival());
    return line -> open(line, request, who);
  }

  private void open(Takeover line, EdgeRequest request, Admitted who) {
    EchoLine transport = new EchoLine(line.channel());
    Session session =
        sessions.open(
            line.channel().eventLoop(),
            PROTOCOL,
            transport,
            WebSocketFormat.NATIVE,
            request.arrival());
    transport.attach(session);
    transport.quietly(() -> session.authenticated(who, null, true));
    line.become(
        WebSocketHandshake.accept(request),
        new WebSocket13FrameDecoder(WebSocketRoute.DECODER),
        transport);
  }
}
