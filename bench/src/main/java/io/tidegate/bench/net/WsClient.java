package io.tidegate.bench.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.tidegate.bench.wire.FrameReader;
import io.tidegate.bench.wire.FrameSink;
import io.tidegate.bench.wire.FrameWriter;
import io.tidegate.bench.wire.Handshake;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection to the gateway: handshake, frames, pongs. Lives on its loop. */
public final class WsClient extends ChannelInboundHandlerAdapter implements FrameSink {
  private static final int NORMAL_CLOSURE = 1000;

  private final Address address;
  private final Loops.Loop loop;
  private final WsListener listener;
  private final FrameReader frames = new FrameReader();

  /** Null until connected. */
  private @Nullable ChannelHandlerContext context;

  /** The answer's head so far; null before it came and after it was read. */
  private @Nullable ByteBuf head;

  private boolean open;
  private boolean told;
  private @Nullable String reason;

  private WsClient(Address address, Loops.Loop loop, WsListener listener) {
    this.address = address;
    this.loop = loop;
    this.listener = listener;
  }

  /** Opens a connection; the listener hears how it went. */
  public static WsClient connect(Address address, Loops.Loop loop, WsListener listener) {
    WsClient client = new WsClient(address, loop, listener);
    ChannelFuture connecting =
        Loops.connect(loop, address.remote(), address.local(), address.receiveBuffer(), client);
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            client.tell("connect: " + done.cause());
          }
        });
    return client;
  }

  /** The loop this connection lives on. */
  public Loops.Loop loop() {
    return loop;
  }

  /** Sends a text frame, at once. */
  public void send(String text) {
    ChannelHandlerContext ctx = context();
    ctx.writeAndFlush(FrameWriter.text(ctx.alloc(), text), ctx.voidPromise());
  }

  /** Writes a text frame of {@code payload} (released); {@link #flush} sends it. On the loop. */
  public void write(ByteBuf payload) {
    ChannelHandlerContext ctx = context();
    ctx.write(FrameWriter.frame(ctx.alloc(), FrameWriter.TEXT, payload), ctx.voidPromise());
  }

  /** Sends what was written. On the loop. */
  public void flush() {
    context().flush();
  }

  ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "not connected");
  }

  /** Ends the connection as a vanished network does: a reset, no close frame. */
  public void reset() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && ctx.channel().isActive()) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      ctx.close();
    }
  }

  /** Ends the connection in the protocol's way; the answer's close frame ends it. On the loop. */
  public void close() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && ctx.channel().isActive()) {
      ByteBuf payload = ctx.alloc().buffer(2).writeShort(NORMAL_CLOSURE);
      ctx.writeAndFlush(FrameWriter.frame(ctx.alloc(), FrameWriter.CLOSE, payload));
    }
  }

  /** Takes nothing off the socket, or goes on. On the loop. */
  public void reading(boolean on) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.channel().config().setAutoRead(on);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.writeAndFlush(
        Handshake.request(ctx.alloc(), address.host(), address.path(), address.authorization()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    loop.meter().bytes(in.readableBytes());
    if (open) {
      frames.feed(in, this);
      return;
    }
    ByteBuf all = head == null ? in : head.writeBytes(in);
    if (head != null) {
      in.release();
    }
    head = null;
    String answer = Handshake.answer(all);
    if (answer == null) {
      head = ctx.alloc().buffer().writeBytes(all);
      all.release();
    } else if (answer.isEmpty()) {
      open = true;
      listener.opened(this);
      frames.feed(all, this);
    } else {
      all.release();
      malformed(answer);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    listener.readComplete(this);
  }

  @Override
  public void text(ByteBuf bytes, int from, int length) {
    listener.text(this, bytes, from, length);
  }

  @Override
  public void ping(ByteBuf bytes, int from, int length) {
    ChannelHandlerContext ctx = context();
    ByteBuf payload = ctx.alloc().buffer(length).writeBytes(bytes, from, length);
    ctx.writeAndFlush(FrameWriter.frame(ctx.alloc(), FrameWriter.PONG, payload));
  }

  @Override
  public void closing(int code, String why) {
    reason = ("closed " + code + " " + why).strip();
    ChannelHandlerContext ctx = context();
    ByteBuf payload = ctx.alloc().buffer(2);
    if (code != 0) {
      payload.writeShort(code);
    }
    ctx.writeAndFlush(FrameWriter.frame(ctx.alloc(), FrameWriter.CLOSE, payload))
        .addListener(done -> ctx.close());
  }

  @Override
  public void malformed(String what) {
    reason = what;
    context().close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    tell(reason == null ? "connection ended" : reason);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    frames.end();
    if (head != null) {
      head.release();
      head = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (reason == null) {
      reason = cause.toString();
    }
    ctx.close();
  }

  private void tell(String why) {
    if (!told) {
      told = true;
      listener.closed(this, why);
    }
  }
}
