package io.tidegate.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** The raw line of a request that was recognised; on its event loop. */
public interface Takeover {
  /** Until {@link #become}. */
  Channel channel();

  /**
   * Writes the head of the answer and puts the protocol's handlers in place; bytes that came behind
   * the request reach them first.
   */
  void become(ByteBuf head, ChannelHandler... handlers);
}
