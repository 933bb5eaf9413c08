package io.tidegate.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the frames a client sends: whole and masked (RFC 6455, 5.3). */
public final class FrameWriter {
  private static final int FIN_MASKED_OVERHEAD = 14;

  /** First byte of a whole text frame. */
  public static final int TEXT = 0x81;

  /** First byte of a close. */
  public static final int CLOSE = 0x88;

  /** First byte of a pong. */
  public static final int PONG = 0x8a;

  private FrameWriter() {}

  /** A text frame of {@code text}. */
  public static ByteBuf text(ByteBufAllocator alloc, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return frame(alloc, TEXT, alloc.buffer(payload.length).writeBytes(payload));
  }

  /** A frame of {@code payload}, which is released. */
  public static ByteBuf frame(ByteBufAllocator alloc, int first, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf out = alloc.buffer(length + FIN_MASKED_OVERHEAD).writeByte(first);
    if (length < 126) {
      out.writeByte(0x80 | length);
    } else if (length <= 0xffff) {
      out.writeByte(0x80 | 126).writeShort(length);
    } else {
      out.writeByte(0x80 | 127).writeLong(length);
    }
    int mask = ThreadLocalRandom.current().nextInt();
    out.writeInt(mask);
    while (payload.readableBytes() >= Integer.BYTES) {
      out.writeInt(payload.readInt() ^ mask);
    }
    for (int shift = 24; payload.isReadable(); shift -= 8) {
      out.writeByte(payload.readByte() ^ mask >>> shift);
    }
    payload.release();
    return out;
  }
}
