package io.tidegate.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import io.tidegate.guard.Newcomer;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Session;
import io.tidegate.session.Transport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's line on a Netty channel: the part of a protocol's handler that is the same for all.
 * One object per connection; on its event loop.
 */
public abstract class LineTransport extends ChannelInboundHandlerAdapter implements Transport {
  /** Unsent bytes: full above 64 kB, room again below 32 kB. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(32 << 10, 64 << 10);

  /** Fixed, so that the kernel does not grow it for clients that do not read. */
  private static final int SEND_BUFFER_BYTES = 128 << 10;

  /** What a closing client may take to receive the rest. */
  private static final int CLOSE_SECONDS = 5;

  /**
   * What was sent and is not acknowledged by the client's kernel for so long: it is gone. With what
   * an event stream is sent each 15 s, within 45 s; WebSockets have their pings as well.
   */
  private static final int GONE_MILLIS = 25_000;

  private static final Logger LOG = LoggerFactory.getLogger(LineTransport.class);

  private final Channel channel;
  private @Nullable Session session;
  private boolean closing;

  protected LineTransport(Channel channel) {
    this.channel = channel;
    channel.config().setWriteBufferWaterMark(WATER_MARK);
    channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    Unacknowledged.endAfter(channel.config(), GONE_MILLIS);
  }

  /** The session that speaks over this line; set before the handler is in the pipeline. */
  public final void attach(Session toSession) {
    session = toSession;
  }

  protected final Session session() {
    if (session == null) {
      throw new IllegalStateException("no session is attached");
    }
    return session;
  }

  protected final boolean isClosing() {
    return closing;
  }

  /** Writes how the protocol ends: the reason, and its closing handshake if it has one. */
  protected abstract void writeEnd(RefusedException reason);

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void write(ByteBuf bytes) {
    if (closing) {
      bytes.release();
    } else {
      session().sent(bytes.readableBytes());
      channel.write(bytes, channel.voidPromise());
    }
  }

  @Override
  public void flush() {
    channel.flush();
    session().flushed();
  }

  @Override
  public long unsentBytes() {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return unsent == null ? 0 : unsent.totalPendingWriteBytes();
  }

  @Override
  public final void reading(boolean on) {
    if (!closing) {
      channel.config().setAutoRead(on);
    }
  }

  @Override
  public final void known() {
    Newcomer.known(channel);
  }

  @Override
  public final void close(RefusedException reason) {
    if (closing) {
      return;
    }
    writeEnd(reason);
    closeBehindWritten();
  }

  /** Sends what was written, then closes; resets when the client does not take it in 5 s. */
  protected final void closeBehindWritten() {
    if (closing) {
      return;
    }
    closing = true;
    channel.config().setAutoRead(true);
    ChannelFuture written = channel.writeAndFlush(channel.alloc().buffer(0));
    written.addListener(this::writtenAtClose);
    channel.eventLoop().schedule(this::reset, CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** The client has been sent everything: protocols without a closing handshake end here. */
  protected void writtenAtClose(io.netty.util.concurrent.Future<?> written) {
    channel.close();
  }

  @Override
  public final void reset() {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!closing) {
      session().writabilityChanged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    session().closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("connection {} fails", session().connectionId(), cause);
    }
    ctx.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  protected final Channel channel() {
    return channel;
  }

  /** For {@code addListener}: closes the channel. */
  protected static ChannelFutureListener closing() {
    return ChannelFutureListener.CLOSE;
  }
}
