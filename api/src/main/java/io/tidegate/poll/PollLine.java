package io.tidegate.poll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tidegate.edge.EdgeRequest;
import io.tidegate.edge.LineTransport;
import io.tidegate.frame.ServerEvent;
import io.tidegate.guard.RawHttp;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One poll: collects what the session writes and answers with the first flush that has something to
 * tell, or with nothing after 25 s.
 */
final class PollLine extends LineTransport {
  private static final int WAIT_SECONDS = 25;

  /** An answer holds so much; the rest is the next poll's. */
  private static final int FULL_BYTES = 64 << 10;

  private final PollFormat format;
  private final EdgeRequest request;
  private final ByteBuf events = Unpooled.buffer(0);
  private boolean answered;

  private final @Nullable PollPresence presence;

  PollLine(
      Channel channel, PollFormat format, EdgeRequest request, @Nullable PollPresence presence) {
    super(channel);
    this.presence = presence;
    this.format = format;
    this.request = request;
  }

  void answerInTime() {
    channel().eventLoop().schedule(this::answer, WAIT_SECONDS, TimeUnit.SECONDS);
  }

  EventLoop loop() {
    return channel().eventLoop();
  }

  boolean hasRoom(int bytes) {
    return !answered && events.readableBytes() + bytes <= FULL_BYTES;
  }

  /** Tells of presence; nothing: that there is nothing more to wait for. */
  void tell(List<ServerEvent.Presence> told) {
    if (!answered) {
      int before = events.readableBytes();
      told.forEach(event -> format.present(event, events));
      session().sent(events.readableBytes() - before);
      if (told.isEmpty()) {
        answer();
      } else {
        flush();
      }
    }
  }

  @Override
  public boolean isWritable() {
    return !answered && events.readableBytes() < FULL_BYTES;
  }

  @Override
  public void write(ByteBuf bytes) {
    if (!answered) {
      session().sent(bytes.readableBytes());
      events.writeBytes(bytes);
    }
    bytes.release();
  }

  @Override
  public void flush() {
    if (format.isWorthAnAnswer()) {
      answer();
    }
    session().flushed();
  }

  /** What is collected waits too. */
  @Override
  public long unsentBytes() {
    return super.unsentBytes() + (answered ? 0 : events.readableBytes());
  }

  /** Nothing is sent before the answer, so there is nothing to keep alive. */
  @Override
  public void ping() {}

  @Override
  protected void writeEnd(RefusedException reason) {
    if (!answered) {
      answered = true;
      channel().write(request.refusal(reason));
    }
  }

  private void answer() {
    if (answered || isClosing()) {
      return;
    }
    answered = true;
    endPresence();
    ByteBuf body = channel().alloc().buffer(events.readableBytes() + 96);
    body.writeCharSequence("{\"events\":[", StandardCharsets.US_ASCII);
    body.writeBytes(events);
    body.writeCharSequence("],\"since\":\"" + format.since() + "\"}", StandardCharsets.US_ASCII);
    List<String> lines = new ArrayList<>(request.linesOfClient());
    lines.add("Content-Type: application/json");
    lines.add("Content-Length: " + body.readableBytes());
    lines.add("Cache-Control: no-store, no-cache, no-transform");
    lines.add("X-Accel-Buffering: no");
    lines.add("Connection: close");
    channel()
        .write(
            RawHttp.head(HttpResponseStatus.OK, request.requestId(), lines.toArray(String[]::new)));
    channel().write(body);
    session().closed();
    closeBehindWritten();
  }

  private void endPresence() {
    if (presence != null) {
      presence.end();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    answered = true;
    endPresence();
    events.release();
  }
}
