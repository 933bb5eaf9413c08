package io.tidegate.guard;

import io.netty.buffer.ByteBuf;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a request's head before they are decoded: what Netty's decoder mends or lets pass is
 * refused here. Sees each line once, because the decoder behind it takes every whole line there is.
 */
final class HeadLines {
  /** More than any client of ours sends; each costs an object. */
  static final int MAX_HEADERS = 50;

  private int lines;

  /** Why the lines that have arrived are refused; null when they are not. */
  @Nullable RefusedException look(ByteBuf in) {
    int at = in.readerIndex();
    for (int end = lineEnd(in, at); end >= 0; end = lineEnd(in, at)) {
      if (isBlank(in, at, end)) {
        if (lines > 0) {
          lines = 0;
          return null;
        }
      } else if (++lines > 1) {
        RefusedException refused = header(in.getByte(at));
        if (refused != null) {
          return refused;
        }
      }
      at = end + 1;
    }
    return null;
  }

  /** RFC 9112, 5.2: a server may refuse a folded line; two readers could differ about it. */
  private @Nullable RefusedException header(byte first) {
    if (first == ' ' || first == '\t') {
      return new RefusedException(Refusal.BAD_REQUEST, "a header stands on one line");
    }
    return lines - 1 > MAX_HEADERS
        ? new RefusedException(
            Refusal.HEADERS_TOO_LARGE, "a request has at most " + MAX_HEADERS + " headers")
        : null;
  }

  private static int lineEnd(ByteBuf in, int from) {
    return in.indexOf(from, in.writerIndex(), (byte) '\n');
  }

  private static boolean isBlank(ByteBuf in, int from, int end) {
    return end == from || (end == from + 1 && in.getByte(from) == '\r');
  }
}
