package io.tidegate.bench.wire;

import io.netty.buffer.ByteBuf;

/** Takes the frames a {@link FrameReader} cuts out of the stream. Bytes are lent for the call. */
public interface FrameSink {
  /** A whole text frame. */
  void text(ByteBuf bytes, int from, int length);

  /** A ping; its payload wants to come back as a pong. */
  void ping(ByteBuf bytes, int from, int length);

  /** The peer closes; {@code code} 0 when it gave none. */
  void closing(int code, String reason);

  /** The stream breaks RFC 6455, or uses what the generator did not ask for. */
  void malformed(String what);
}
