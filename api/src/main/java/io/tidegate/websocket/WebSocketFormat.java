package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.EventJson;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Server frames of RFC 6455, section 5.2: final, unmasked; the same bytes for every client. */
final class WebSocketFormat implements WireFormat {
  static final WebSocketFormat NATIVE = new WebSocketFormat();

  private static final int FIN_TEXT = 0x81;
  private static final int FIN_CLOSE = 0x88;
  private static final int FIN_PING = 0x89;
  private static final int FIN_PONG = 0x8A;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MAX_CONTROL = 125;

  private WebSocketFormat() {}

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void write(EncodedMessage message, ByteBuf out) {
    frame(FIN_TEXT, message.json(), out);
  }

  @Override
  public void write(ServerEvent event, ByteBuf out) {
    frame(FIN_TEXT, EventJson.write(event), out);
  }

  static void close(int code, String reason, ByteBuf out) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(new byte[] {(byte) (code >> 8), (byte) code}, 2 + text.length);
    System.arraycopy(text, 0, body, 2, text.length);
    frame(FIN_CLOSE, body, out);
  }

  /** The close code of a refusal; those that never end a connection end it as internal errors. */
  static int closeCode(Refusal refusal) {
    return refusal.closes() ? refusal.closeCode() : Refusal.INTERNAL.closeCode();
  }

  static void ping(ByteBuf out) {
    frame(FIN_PING, new byte[0], out);
  }

  static void pong(byte[] payload, ByteBuf out) {
    frame(FIN_PONG, payload, out);
  }

  static void frame(int opcode, byte[] payload, ByteBuf out) {
    out.writeByte(opcode);
    if (payload.length <= MAX_CONTROL) {
      out.writeByte(payload.length);
    } else if (payload.length <= 0xFFFF) {
      out.writeByte(TWO_BYTES).writeShort(payload.length);
    } else {
      out.writeByte(EIGHT_BYTES).writeLong(payload.length);
    }
    out.writeBytes(payload);
  }
}
