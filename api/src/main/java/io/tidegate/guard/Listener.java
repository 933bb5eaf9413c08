package io.tidegate.guard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import jakarta.inject.Singleton;

/**
 * Stands where connections are accepted and closes one too many on the spot: in a burst, those that
 * wait for their event loop to close them would hold the descriptors that the next accept needs.
 */
@Singleton
public final class Listener {
  private final Lines lines;

  Listener(Lines lines) {
    this.lines = lines;
  }

  /** Once per listening channel, before what registers its connections is behind. */
  public void guard(Channel listening) {
    listening.pipeline().addLast(new Bound());
  }

  private final class Bound extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel line && !lines.accept(line)) {
        // It has no event loop yet that could close it.
        line.unsafe().closeForcibly();
      } else {
        context.fireChannelRead(accepted);
      }
    }
  }
}
