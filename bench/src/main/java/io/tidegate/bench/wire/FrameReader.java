package io.tidegate.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a server's byte stream into WebSocket frames (RFC 6455, 5.2): unmasked, unfragmented, no
 * extensions. Keeps bytes only while a frame is incomplete.
 */
public final class FrameReader {
  /** Far above any frame a scenario causes; a length field gone wrong must not eat the memory. */
  static final int MAX_FRAME = 4 * 1024 * 1024;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  /** Null while no frame is incomplete. */
  private @Nullable ByteBuf rest;

  /** Reads what came and releases it. */
  public void feed(ByteBuf in, FrameSink sink) {
    ByteBuf all = rest;
    if (all == null) {
      all = in;
    } else {
      all.writeBytes(in);
      in.release();
      rest = null;
    }
    while (next(all, sink)) {
      // next moves the reader index past one frame
    }
    if (!all.isReadable()) {
      all.release();
    } else if (all == in) {
      rest = in.alloc().buffer(in.readableBytes() * 2).writeBytes(in);
      in.release();
    } else {
      rest = all.discardReadBytes();
    }
  }

  /** Drops an incomplete frame; returns whether there was one. */
  public boolean end() {
    ByteBuf left = rest;
    rest = null;
    return left != null && left.release();
  }

  private static boolean next(ByteBuf in, FrameSink sink) {
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int at = in.readerIndex();
    int first = in.getByte(at);
    int second = in.getByte(at + 1);
    int header = 2;
    long length = second & 0x7f;
    if (length == 126) {
      header = 4;
      length = available < header ? 0 : in.getUnsignedShort(at + 2);
    } else if (length == 127) {
      header = 10;
      length = available < header ? 0 : in.getLong(at + 2);
    }
    if (length < 0 || length > MAX_FRAME || second < 0 || (first & RESERVED) != 0) {
      sink.malformed("frame header " + Integer.toHexString((first & 255) << 8 | second & 255));
      in.skipBytes(available);
      return false;
    }
    if (available < header + length) {
      return false;
    }
    dispatch(in, first, at + header, (int) length, sink);
    in.readerIndex(at + header + (int) length);
    return true;
  }

  private static void dispatch(ByteBuf in, int first, int from, int length, FrameSink sink) {
    switch (first & 255) {
      case FIN | TEXT -> sink.text(in, from, length);
      case FIN | PING -> sink.ping(in, from, length);
      case FIN | PONG -> {}
      case FIN | CLOSE -> {
        int code = length < 2 ? 0 : in.getUnsignedShort(from);
        String reason =
            length <= 2 ? "" : in.toString(from + 2, length - 2, StandardCharsets.UTF_8);
        sink.closing(code, reason);
      }
      default -> sink.malformed("opcode " + Integer.toHexString(first & 255));
    }
  }
}
