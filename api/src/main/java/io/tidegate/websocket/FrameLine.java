package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.tidegate.edge.LineTransport;
import io.tidegate.guard.Farewell;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.concurrent.TimeUnit;

/**
 * One line that speaks RFC 6455, behind Netty's frame decoder: gets fragments put together, answers
 * control frames, and does the closing handshake. What messages mean is left to the protocol above.
 */
abstract class FrameLine extends LineTransport {
  /** From the first fragment of a message to its last. */
  private static final int FRAGMENTS_SECONDS = 10;

  /** The first number that is no close code (RFC 6455, section 7.4.2). */
  private static final int CODES_END = 5_000;

  private final MessageAssembler assembler = new MessageAssembler();
  private final ControlFrames controlFrames = new ControlFrames();

  /** What the message is that is being read. */
  private boolean isText;

  /** Nothing more is understood from this client. */
  private boolean deaf;

  private final boolean takesBinary;

  FrameLine(Channel channel, boolean takesBinary) {
    super(channel);
    this.takesBinary = takesBinary;
  }

  /** A text message, valid UTF-8. */
  protected abstract void text(byte[] utf8);

  /** A binary message; never where they are not taken. */
  protected abstract void binary(byte[] bytes);

  /** Says why the connection ends, in front of the close frame. */
  protected abstract void writeReason(RefusedException reason, ByteBuf out);

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof CloseWebSocketFrame close) {
        answerClose(close);
      } else if (!isClosing() && message instanceof WebSocketFrame frame) {
        read(frame);
      }
    } catch (RefusedException refused) {
      session().end(refused);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> add(text);
      case BinaryWebSocketFrame binary -> {
        if (!takesBinary) {
          throw new RefusedException(Refusal.BINARY_FRAME_REFUSED, "frames are JSON in text");
        }
        add(binary);
      }
      case ContinuationWebSocketFrame more -> add(more);
      case PingWebSocketFrame ping -> {
        controlFrames.take(System.nanoTime());
        pong(ping.content());
      }
      case PongWebSocketFrame pong -> {
        controlFrames.take(System.nanoTime());
        session().heard();
      }
      default ->
          throw new RefusedException(Refusal.FRAME_MALFORMED, "the frame is not one of RFC 6455");
    }
  }

  private void add(WebSocketFrame frame) {
    boolean first = !(frame instanceof ContinuationWebSocketFrame);
    if (first) {
      isText = frame instanceof TextWebSocketFrame;
    }
    if (first && frame.isFinalFragment()) {
      receive(frame.content());
      return;
    }
    ByteBuf whole = assembler.add(frame.content(), frame.isFinalFragment(), channel().alloc());
    if (whole != null) {
      try {
        receive(whole);
      } finally {
        whole.release();
      }
    } else if (first) {
      int message = assembler.message();
      channel().eventLoop().schedule(() -> expire(message), FRAGMENTS_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void receive(ByteBuf message) {
    if (isText) {
      text(MessageAssembler.text(message));
    } else {
      binary(ByteBufUtil.getBytes(message));
    }
  }

  private void expire(int message) {
    if (assembler.isPartial() && assembler.message() == message) {
      assembler.release();
      session()
          .end(
              new RefusedException(
                  Refusal.MESSAGE_UNFINISHED,
                  "the fragments of a message arrive within " + FRAGMENTS_SECONDS + " s"));
    }
  }

  private void pong(ByteBuf payload) {
    session().heard();
    ByteBuf out = channel().alloc().buffer(2 + payload.readableBytes());
    WebSocketFormat.pong(ByteBufUtil.getBytes(payload), out);
    write(out);
    flush();
  }

  @Override
  public void ping() {
    ByteBuf out = channel().alloc().buffer(2);
    WebSocketFormat.ping(out);
    write(out);
    flush();
  }

  @Override
  protected void writeEnd(RefusedException reason) {
    ByteBuf out = channel().alloc().buffer(256);
    writeReason(reason, out);
    WebSocketFormat.close(
        WebSocketFormat.closeCode(reason.refusal()), reason.refusal().title(), out);
    write(out);
  }

  /**
   * The client's answer to our close frame is awaited: then both sides are done. Not of a client
   * whose frames cannot be told apart any more (RFC 6455, section 7.1.7).
   */
  @Override
  protected void writtenAtClose(Future<?> written) {
    if (!written.isSuccess()) {
      channel().close();
    } else if (deaf) {
      Farewell.endOutput(channel());
    }
  }

  private void answerClose(CloseWebSocketFrame close) {
    if (isClosing()) {
      channel().close();
      return;
    }
    int code = close.statusCode();
    if (code >= CODES_END || (code >= 0 && !WebSocketCloseStatus.isValidStatusCode(code))) {
      deaf = true;
      throw new RefusedException(Refusal.FRAME_MALFORMED, "the close code is not one of RFC 6455");
    }
    ByteBuf out = channel().alloc().buffer(8);
    WebSocketFormat.close(code < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : code, "", out);
    write(out);
    session().goodbye();
    closeBehindWritten();
    channel().writeAndFlush(channel().alloc().buffer(0)).addListener(closing());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable root = cause.getCause() == null ? cause : cause.getCause();
    deaf |= root instanceof DecoderException;
    if (root instanceof CorruptedWebSocketFrameException corrupted) {
      session().end(violation(corrupted));
    } else if (root instanceof TooLongFrameException) {
      session().end(tooLarge());
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }

  private static RefusedException violation(CorruptedWebSocketFrameException corrupted) {
    int code = corrupted.closeStatus().code();
    if (code == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
      return tooLarge();
    }
    return code == WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code()
        ? new RefusedException(Refusal.TEXT_NOT_UTF8, "text frames are UTF-8")
        : new RefusedException(Refusal.FRAME_MALFORMED, "the frame is not one of RFC 6455");
  }

  private static RefusedException tooLarge() {
    return new RefusedException(Refusal.FRAME_TOO_LARGE, "a frame has at most 72 kB");
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    assembler.release();
  }
}
