package io.tidegate.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The data of a published message: JSON of exactly the wanted size that carries when it was sent
 * and which message it is, both in fixed-width hex so that they are read without a JSON parser.
 *
 * <pre>{"mark":"&lt;12 hex: ns since start&gt;&lt;8 hex: number&gt;","fill":"xxx"}</pre>
 */
public final class Stamp {
  /** Bytes of {@code data} in every scenario that does not say otherwise. */
  public static final int DEFAULT_SIZE = 128;

  /** Hex digits of the time. */
  public static final int TIME_DIGITS = 12;

  /** Hex digits of the number. */
  public static final int NUMBER_DIGITS = 8;

  /** Numbers are 32 bits wide on the wire. */
  public static final long MAX_NUMBER = (1L << (4 * NUMBER_DIGITS)) - 1;

  private static final String OPEN = "{\"mark\":\"";
  private static final String FILL = "\",\"fill\":\"";
  private static final String END = "\"}";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long START = System.nanoTime();

  private final byte[] before;
  private final byte[] after;

  /** A stamp for data of {@code size} bytes. */
  public Stamp(int size) {
    int fixed = OPEN.length() + TIME_DIGITS + NUMBER_DIGITS + FILL.length() + END.length();
    if (size < fixed) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "data of %d bytes is too small, %d at least", size, fixed));
    }
    before = OPEN.getBytes(StandardCharsets.US_ASCII);
    after = (FILL + "x".repeat(size - fixed) + END).getBytes(StandardCharsets.US_ASCII);
  }

  /** Nanoseconds since the generator started: the clock of every latency. */
  public static long now() {
    return System.nanoTime() - START;
  }

  /** Appends the data of message {@code number}, sent at {@code time}. */
  public void write(ByteBuf out, long time, long number) {
    out.writeBytes(before);
    hex(out, time, TIME_DIGITS);
    hex(out, number, NUMBER_DIGITS);
    out.writeBytes(after);
  }

  /** A number as a summand: sums are equal when the same numbers came, in whatever order. */
  public static long mix(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
    return z ^ (z >>> 29);
  }

  private static void hex(ByteBuf out, long value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.writeByte(HEX[(int) (value >>> shift) & 15]);
    }
  }
}
