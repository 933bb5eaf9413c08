package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.tidegate.problem.RefusedException;

/** The product's line with an echo behind it in place of the native protocol. */
final class EchoLine extends FrameLine {
  private static final int FIN_TEXT = 0x81;
  private static final int FIN_BINARY = 0x82;

  private boolean quiet;

  EchoLine(Channel channel) {
    super(channel, true);
  }

  /** Whatever the session says while this runs is not sent. */
  void quietly(Runnable task) {
    quiet = true;
    task.run();
    quiet = false;
  }

  @Override
  public void write(ByteBuf bytes) {
    if (quiet) {
      bytes.release();
    } else {
      super.write(bytes);
    }
  }

  @Override
  protected void text(byte[] utf8) {
    echo(FIN_TEXT, utf8);
  }

  @Override
  protected void binary(byte[] bytes) {
    echo(FIN_BINARY, bytes);
  }

  private void echo(int opcode, byte[] payload) {
    session().heard();
    ByteBuf out = channel().alloc().buffer(payload.length + 10);
    WebSocketFormat.frame(opcode, payload, out);
    write(out);
    flush();
  }

  /** The suite knows nothing of our frames: the close code says it all. */
  @Override
  protected void writeReason(RefusedException reason, ByteBuf out) {}
}
