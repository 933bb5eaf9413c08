package io.tidegate.frame;

import io.netty.buffer.ByteBuf;

/**
 * How one protocol spells messages and events, framing included: what is written here goes on the
 * socket as it is.
 */
public interface WireFormat {
  /**
   * Whether a message's bytes are the same for every connection that uses this very instance; then
   * they are made once for all of them.
   */
  boolean isShared();

  void write(EncodedMessage message, ByteBuf out);

  void write(ServerEvent event, ByteBuf out);
}
