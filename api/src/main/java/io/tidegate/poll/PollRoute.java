package io.tidegate.poll;

import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.EdgeRoute;
import io.tidegate.edge.StreamRequest;
import io.tidegate.edge.Takeover;
import io.tidegate.session.Admitted;
import io.tidegate.session.Protocol;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;

/** Opens polls. */
@Singleton
final class PollRoute implements EdgeRoute {
  /** Never pinged: a poll is answered before the first ping would be due. */
  private static final Protocol PROTOCOL = new Protocol("poll", 3_600, false, false, false);

  private final StreamRequest.Parts parts;
  private final Sessions sessions;

  PollRoute(StreamRequest.Parts parts, Sessions sessions) {
    this.parts = parts;
    this.sessions = sessions;
  }

  @Override
  public String path() {
    return "/v1/poll";
  }

  @Override
  public Opening decide(EdgeRequest request) {
    // Polls come again with each answer: no rate of accepting holds for them.
    sessions.entrance().requireOpen();
    StreamRequest asked = StreamRequest.decide(request, request.parameter("since"), parts);
    Admitted admitted = asked.admit(sessions, PROTOCOL);
    return line -> open(line, request, asked, admitted);
  }

  private void open(Takeover line, EdgeRequest request, StreamRequest asked, Admitted admitted) {
    PollFormat format = new PollFormat(parts.ids(), asked);
    PollLine transport = new PollLine(line.channel(), format, request);
    Session session =
        sessions.open(
            line.channel().eventLoop(),
            PROTOCOL,
            transport,
            format,
            request.address(),
            request.origin());
    transport.attach(session);
    line.become(line.channel().alloc().buffer(0), transport);
    session.authenticated(admitted, null, true);
    asked.begin(session);
    transport.answerInTime();
  }
}
