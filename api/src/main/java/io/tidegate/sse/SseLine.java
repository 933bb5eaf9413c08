package io.tidegate.sse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.tidegate.edge.LineTransport;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** One event stream; what the client still sends is read and thrown away. */
final class SseLine extends LineTransport {
  /** A browser keeps to it at each try from now on, while there may be nobody to connect to. */
  private static final long MIN_RETRY_MILLIS = 500;

  private final WireFormat format;

  SseLine(Channel channel, WireFormat format) {
    super(channel);
    this.format = format;
  }

  @Override
  public void ping() {
    ByteBuf out = channel().alloc().buffer(16);
    SseText.comment("ping", out);
    out.writeByte('\n');
    write(out);
    flush();
  }

  @Override
  protected void writeEnd(RefusedException reason) {
    write(end(reason, format, channel().alloc().buffer(256)));
  }

  /** The last words of a stream: when to come again, and why it ends. */
  static ByteBuf end(RefusedException reason, WireFormat format, ByteBuf out) {
    Long after = reason.retryAfterMillis();
    if (after != null) {
      SseText.retry(Math.max(after, MIN_RETRY_MILLIS), out);
    }
    if (reason.refusal() == Refusal.DRAINING && after != null) {
      format.write(new ServerEvent.Reconnect(after), out);
    } else {
      format.write(
          new ServerEvent.Refused(null, reason.refusal(), reason.detail(), after, null), out);
    }
    return out;
  }
}
