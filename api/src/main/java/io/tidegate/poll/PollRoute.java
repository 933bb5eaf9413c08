package io.tidegate.poll;

import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.EdgeRoute;
import io.tidegate.edge.StreamRequest;
import io.tidegate.edge.Takeover;
import io.tidegate.presence.Presence;
import io.tidegate.session.Admitted;
import io.tidegate.session.Protocol;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Opens polls. */
@Singleton
final class PollRoute implements EdgeRoute {
  /** Never pinged: a poll is answered before the first ping would be due. */
  private static final Protocol PROTOCOL = new Protocol("poll", 3_600, false, false, false);

  private final StreamRequest.Parts parts;
  private final Sessions sessions;
  private final Presence presence;

  PollRoute(StreamRequest.Parts parts, Sessions sessions, Presence presence) {
    this.parts = parts;
    this.presence = presence;
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
    String since = request.parameter("since");
    int dot = since == null ? -1 : since.indexOf(PollFormat.PRESENCE);
    String messages = since == null || dot < 0 ? since : since.substring(0, dot);
    StreamRequest asked = StreamRequest.decide(request, messages, parts);
    PollPresence present = null;
    if (asked.presence()) {
      String known = since == null || dot < 0 ? null : since.substring(dot + 1);
      present = PollPresence.of(presence, asked.who().principal(), asked.channels(), known);
    }
    PollPresence told = present;
    Admitted admitted = asked.admit(sessions, PROTOCOL, request.arrival());
    return line -> open(line, request, asked, admitted, told);
  }

  private void open(
      Takeover line,
      EdgeRequest request,
      StreamRequest asked,
      Admitted admitted,
      @Nullable PollPresence present) {
    PollFormat format = new PollFormat(parts.ids(), asked, present);
    PollLine transport = new PollLine(line.channel(), format, request, present);
    Session session =
        sessions.open(line.channel().eventLoop(), PROTOCOL, transport, format, request.arrival());
    transport.attach(session);
    line.become(line.channel().alloc().buffer(0), transport);
    session.authenticated(admitted, null, true);
    asked.withoutPresence().begin(session);
    if (present != null) {
      present.begin(transport);
    }
    transport.answerInTime();
  }
}
