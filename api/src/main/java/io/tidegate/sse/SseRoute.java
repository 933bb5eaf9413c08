package io.tidegate.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.edge.EdgeCredentials;
import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.EdgeRoute;
import io.tidegate.edge.StreamRequest;
import io.tidegate.edge.Takeover;
import io.tidegate.frame.WireFormat;
import io.tidegate.guard.RawHttp;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Admitted;
import io.tidegate.session.Protocol;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens event streams. The body ends with the connection, so that events are the raw bytes. */
@Singleton
final class SseRoute implements EdgeRoute {
  private static final Protocol PROTOCOL = new Protocol("sse", 15, false, false, true);
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final long RETRY_MILLIS = 2_000;

  private final StreamRequest.Parts parts;
  private final Sessions sessions;
  private final ToldRefusals told;
  private final WireFormat oneChannel;

  SseRoute(StreamRequest.Parts parts, Sessions sessions, ToldRefusals told) {
    this.told = told;
    this.parts = parts;
    this.sessions = sessions;
    this.oneChannel = new SseFormat(parts.ids());
  }

  @Override
  public String path() {
    return "/v1/sse";
  }

  @Override
  public Opening decide(EdgeRequest request) {
    String header = request.header(LAST_EVENT_ID);
    String since = header == null || header.isEmpty() ? request.parameter("lastEventId") : header;
    try {
      return sessions.entrance().letIn(() -> letIn(request, since));
    } catch (RefusedException refused) {
      if (!passes(refused) || !(since != null || isNodes(refused, request))) {
        throw refused;
      }
      return line -> putOff(line, request, refused);
    }
  }

  private Opening letIn(EdgeRequest request, @Nullable String since) {
    StreamRequest asked = StreamRequest.decide(request, since, parts);
    Admitted admitted = asked.admit(sessions, PROTOCOL, request.arrival());
    return line -> open(line, request, asked, admitted);
  }

  /**
   * Whether it is the node that cannot have a stream of a browser's, which may not have got as far
   * as a first event on any other.
   */
  private static boolean isNodes(RefusedException refused, EdgeRequest request) {
    return EdgeCredentials.isInUrl(request)
        && switch (refused.refusal()) {
          case DRAINING, OVERLOADED, ACCEPT_RATE_EXCEEDED -> true;
          default -> false;
        };
  }

  /** Whether the same request may be good a little later. */
  private static boolean passes(RefusedException refused) {
    int status = refused.refusal().httpStatus();
    return status == HttpResponseStatus.TOO_MANY_REQUESTS.code()
        || status >= HttpResponseStatus.INTERNAL_SERVER_ERROR.code();
  }

  /**
   * A browser's EventSource takes every status but 200 as final: one that reopens its stream while
   * the node cannot have it is told so in a stream that ends at once, and comes again.
   */
  private void putOff(Takeover line, EdgeRequest request, RefusedException refused) {
    RefusalCounts.count(refused.refusal());
    told.told(refused, request::circumstance);
    ByteBuf end = SseLine.end(refused, oneChannel, Unpooled.buffer(256));
    Channel channel = line.channel();
    line.become(Unpooled.wrappedBuffer(head(request), end));
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void open(Takeover line, EdgeRequest request, StreamRequest asked, Admitted admitted) {
    WireFormat format =
        asked.channels().size() == 1 ? oneChannel : new ManyChannels(parts.ids(), asked);
    SseLine transport = new SseLine(line.channel(), format);
    Session session =
        sessions.open(line.channel().eventLoop(), PROTOCOL, transport, format, request.arrival());
    transport.attach(session);
    line.become(head(request), transport);
    String ticketId = asked.who().ticketId();
    if (ticketId != null) {
      sessions.holdTicket(session, asked.app(), ticketId, !asked.marks().isEmpty());
    }
    session.authenticated(admitted, null, true);
    asked.begin(session);
  }

  private static ByteBuf head(EdgeRequest request) {
    List<String> lines = new ArrayList<>(request.linesOfClient());
    lines.add(HttpHeaderNames.CONTENT_TYPE + ": text/event-stream; charset=utf-8");
    lines.add("Cache-Control: no-cache, no-transform");
    lines.add("X-Accel-Buffering: no");
    lines.add("Connection: close");
    ByteBuf opening = Unpooled.buffer(32);
    SseText.retry(RETRY_MILLIS, opening);
    SseText.comment("open", opening);
    opening.writeByte('\n');
    ByteBuf head =
        RawHttp.head(HttpResponseStatus.OK, request.requestId(), lines.toArray(String[]::new));
    return Unpooled.wrappedBuffer(head, opening);
  }
}
