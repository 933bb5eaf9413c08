package io.tidegate.poll;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a poll's position says of presence, channel by channel, in base64url. Read in order. */
final class PresenceMarks {
  /** Longer than any clientId and connectionId. */
  private static final int MAX_KEY_BYTES = 4_096;

  private final ByteBuffer bytes;

  /**
   * @param number what a {@link io.tidegate.presence.Seen} says; -1: nothing is known
   * @param first the version of the first page, while pages are still to come
   * @param after the key that the next one is behind; else empty
   */
  record Mark(long number, long first, String after) {
    static final Mark NOTHING = new Mark(-1, 0, "");
  }

  /**
   * @throws RefusedException POSITION_INVALID
   */
  PresenceMarks(String text) {
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  Mark read() {
    try {
      long number = bytes.getLong();
      if (number != Long.MIN_VALUE) {
        return new Mark(number, 0, "");
      }
      long first = bytes.getLong();
      int length = bytes.getShort();
      if (length <= 0 || length > MAX_KEY_BYTES) {
        throw foreign();
      }
      byte[] key = new byte[length];
      bytes.get(key);
      return new Mark(-1, first, new String(key, StandardCharsets.UTF_8));
    } catch (BufferUnderflowException e) {
      throw foreign();
    }
  }

  private static RefusedException foreign() {
    return new RefusedException(
        Refusal.POSITION_INVALID, "the position is not one of a stream of these channels");
  }

  /** Writes what the constructor reads. */
  static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    private int keyBytes;

    /**
     * @param keyBytes so many bytes of keys are written at most
     */
    Writer(int keyBytes) {
      this.keyBytes = keyBytes;
    }

    void add(Mark mark) {
      byte[] key = mark.after().getBytes(StandardCharsets.UTF_8);
      if (key.length == 0) {
        number(mark.number());
      } else if (key.length > keyBytes) {
        number(-1);
      } else {
        keyBytes -= key.length;
        number(Long.MIN_VALUE);
        number(mark.first());
        bytes.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) key.length).array());
        bytes.writeBytes(key);
      }
    }

    private void number(long value) {
      bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    String text() {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }
  }
}
