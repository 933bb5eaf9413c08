package io.tidegate.websocket;

import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.EdgeRoute;
import io.tidegate.edge.Takeover;
import io.tidegate.session.Protocol;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;

/** An echo on the product's edge: the same handshake, decoder, frames and deadlines. */
final class EchoRoute implements EdgeRoute {
  static final String PATH = "/echo";

  private static final Protocol PROTOCOL = new Protocol("echo", 25, true, true);

  private final Sessions sessions;

  EchoRoute(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Opening decide(EdgeRequest request) {
    WebSocketHandshake.require(request);
    return line -> open(line, request);
  }

  private void open(Takeover line, EdgeRequest request) {
    EchoLine transport = new EchoLine(line.channel());
    Session session =
        sessions.open(
            line.channel().eventLoop(),
            PROTOCOL,
            transport,
            WebSocketFormat.NATIVE,
            request.address(),
            null);
    transport.attach(session);
    line.become(
        WebSocketHandshake.accept(request),
        new WebSocket13FrameDecoder(WebSocketRoute.DECODER),
        transport);
  }
}
