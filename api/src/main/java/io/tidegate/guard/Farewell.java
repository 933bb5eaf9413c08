package io.tidegate.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that the last answer arrives: closing a socket with unread bytes resets it,
 * and a reset overtakes the answer (RFC 9112, section 9.6).
 */
public final class Farewell {
  /** What a client may take to read the answer and go. */
  private static final int LINGER_SECONDS = 2;

  private Farewell() {}

  /**
   * Writes the answer from {@code ctx} towards the line, ends our side, and closes when the client
   * has closed its own. Whoever reads the line must drop what still comes.
   */
  public static void say(ChannelHandlerContext ctx, ByteBuf answer) {
    Channel channel = ctx.channel();
    channel.config().setAutoRead(true);
    ctx.writeAndFlush(answer)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                endOutput(channel);
              } else {
                channel.close();
              }
            });
  }

  /** Ends our side behind what was written; the rest as {@link #say}. */
  public static void endOutput(Channel channel) {
    if (channel instanceof DuplexChannel line && channel.pipeline().get(SslHandler.class) == null) {
      line.shutdownOutput();
      channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    } else {
      channel.close();
    }
  }
}
