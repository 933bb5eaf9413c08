package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.tidegate.frame.ServerEvent;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** One WebSocket of the native protocol: text goes to the session, ends are told as frames. */
final class WebSocketLine extends FrameLine {
  WebSocketLine(Channel channel) {
    super(channel, false);
  }

  @Override
  protected void text(byte[] utf8) {
    session().received(utf8.length);
    CommandReader.read(utf8, session());
  }

  @Override
  protected void binary(byte[] bytes) {
    throw new IllegalStateException("binary frames are not taken");
  }

  @Override
  protected void writeReason(RefusedException reason, ByteBuf out) {
    Long delay = reason.retryAfterMillis();
    WebSocketFormat.NATIVE.write(
        reason.refusal() == Refusal.DRAINING && delay != null
            ? new ServerEvent.Reconnect(delay)
            : new ServerEvent.Refused(null, reason.refusal(), reason.detail(), delay, null),
        out);
  }
}
