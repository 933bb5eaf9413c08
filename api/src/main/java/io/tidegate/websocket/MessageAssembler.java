package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of a message together within bounds (RFC 6455, section 5.4); one message at a
 * time. On the event loop.
 */
final class MessageAssembler {
  /** Nobody cuts 72 kB finer than this in good faith. */
  static final int MAX_FRAGMENTS = 32;

  /** Fragments of a message that is not complete; null between messages. */
  private @Nullable ByteBuf partial;

  private int fragments;

  /** Counts messages, so that a deadline knows its own. */
  private int message;

  boolean isPartial() {
    return partial != null;
  }

  /** Which message the next fragment belongs to. */
  int message() {
    return message;
  }

  /**
   * @return the whole message when this is its last fragment, the caller's to release; null before
   * @throws RefusedException FRAME_MALFORMED or FRAME_TOO_LARGE
   */
  @Nullable ByteBuf add(ByteBuf content, boolean last, ByteBufAllocator allocator) {
    if (partial == null) {
      partial = allocator.heapBuffer(Math.max(64, 2 * content.readableBytes()));
    }
    if (++fragments > MAX_FRAGMENTS) {
      throw new RefusedException(
          Refusal.FRAME_MALFORMED, "a message has at most " + MAX_FRAGMENTS + " fragments");
    }
    if (partial.readableBytes() + content.readableBytes() > WebSocketRoute.MAX_FRAME_BYTES) {
      throw new RefusedException(
          Refusal.FRAME_TOO_LARGE, "the fragments of a message have at most 72 kB together");
    }
    partial.writeBytes(content);
    if (!last) {
      return null;
    }
    ByteBuf whole = partial;
    forget();
    return whole;
  }

  /**
   * The bytes of a text message.
   *
   * @throws RefusedException TEXT_NOT_UTF8
   */
  static byte[] text(ByteBuf message) {
    if (!ByteBufUtil.isText(message, StandardCharsets.UTF_8)) {
      throw new RefusedException(Refusal.TEXT_NOT_UTF8, "text frames are UTF-8");
    }
    return ByteBufUtil.getBytes(message);
  }

  /** The line is gone. */
  void release() {
    if (partial != null) {
      partial.release();
      forget();
    }
  }

  private void forget() {
    partial = null;
    fragments = 0;
    message++;
  }
}
