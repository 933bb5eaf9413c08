package io.tidegate.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lines of an event stream (WHATWG HTML, section 9.2.5). JSON is on one line, so is every event.
 */
final class SseText {
  private SseText() {}

  static void event(String type, @Nullable String id, byte[] json, ByteBuf out) {
    ascii("event: ", type, out);
    if (id != null) {
      ascii("id: ", id, out);
    }
    ByteBufUtil.writeAscii(out, "data: ");
    out.writeBytes(json);
    ByteBufUtil.writeAscii(out, "\n\n");
  }

  static void comment(String text, ByteBuf out) {
    ascii(": ", text, out);
    out.writeByte('\n');
  }

  static void retry(long millis, ByteBuf out) {
    ascii("retry: ", Long.toString(millis), out);
    out.writeByte('\n');
  }

  private static void ascii(String field, String value, ByteBuf out) {
    ByteBufUtil.writeAscii(out, field);
    ByteBufUtil.writeAscii(out, value);
    out.writeByte('\n');
  }
}
