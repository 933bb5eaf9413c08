package io.tidegate.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds the three numbers that count in a {@code message} frame without parsing it. Frames of one
 * run look alike, so each field is tried where it was last time; only a miss scans. Used by one
 * event loop; the last scan's answers are its fields.
 */
public final class MessageScanner {
  private static final byte[] HEAD = "{\"type\":\"message\"".getBytes(StandardCharsets.US_ASCII);
  private static final long HEAD_WORD = word("{\"type\":");
  private static final long MARK_WORD = word("\"mark\":\"");
  private static final long SEQ_WORD = word("\"seq\":\0\0") >>> 16;
  private static final int SEQ_KEY = 6;
  private static final int MARK_KEY = 8;

  private int seqHint;
  private int markHint;

  /** The message's place in its channel. */
  public long seq;

  /** When the generator sent it, {@link Stamp#now()}. */
  public long sent;

  /** Which message of the generator it is. */
  public long number;

  /** Whether a frame begins like every message frame does. Another form is read the slow way. */
  public static boolean isMessage(ByteBuf bytes, int from, int length) {
    if (length < HEAD.length || bytes.getLong(from) != HEAD_WORD) {
      return false;
    }
    for (int i = Long.BYTES; i < HEAD.length; i++) {
      if (bytes.getByte(from + i) != HEAD[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the numbers of a frame; false when it is not a message of the generator. */
  public boolean scan(ByteBuf bytes, int from, int length) {
    int last = length - Long.BYTES;
    int seqAt = seqHint;
    if (seqAt > last || bytes.getLong(from + seqAt) >>> 16 != SEQ_WORD) {
      seqAt = 0;
      while (seqAt <= last && bytes.getLong(from + seqAt) >>> 16 != SEQ_WORD) {
        seqAt++;
      }
      if (seqAt > last) {
        return false;
      }
      seqHint = seqAt;
    }
    last -= Stamp.TIME_DIGITS + Stamp.NUMBER_DIGITS;
    int markAt = markHint;
    if (markAt > last || bytes.getLong(from + markAt) != MARK_WORD) {
      markAt = 0;
      while (markAt <= last && bytes.getLong(from + markAt) != MARK_WORD) {
        markAt++;
      }
      if (markAt > last) {
        return false;
      }
      markHint = markAt;
    }
    seq = decimal(bytes, from + seqAt + SEQ_KEY, from + length);
    sent = hex(bytes, from + markAt + MARK_KEY, Stamp.TIME_DIGITS);
    number = hex(bytes, from + markAt + MARK_KEY + Stamp.TIME_DIGITS, Stamp.NUMBER_DIGITS);
    return seq > 0;
  }

  private static long decimal(ByteBuf bytes, int from, int end) {
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes.getByte(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static long hex(ByteBuf bytes, int from, int digits) {
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int c = bytes.getByte(i);
      value = value << 4 | (c & 15) + 9 * (c >>> 6);
    }
    return value;
  }

  private static long word(String eight) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | eight.charAt(i);
    }
    return value;
  }
}
