package io.tidegate.webhook.send;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Lets the first bytes of an answer pass, head included; of the others none. */
final class AnswerCap extends ChannelInboundHandlerAdapter {
  /** Told once, behind the last byte that passes, when there are more. */
  static final Object REACHED = new Object();

  // The event loop's.
  private int left;
  private boolean told;

  AnswerCap(int bytes) {
    left = bytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (bytes.readableBytes() <= left) {
      left -= bytes.readableBytes();
      ctx.fireChannelRead(bytes);
      return;
    }
    if (left > 0) {
      ctx.fireChannelRead(bytes.readRetainedSlice(left));
      left = 0;
    }
    bytes.release();
    if (!told) {
      told = true;
      ctx.fireUserEventTriggered(REACHED);
    }
  }
}
