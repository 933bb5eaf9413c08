package io.tidegate.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.tidegate.edge.LineTransport;
import io.tidegate.frame.ServerEvent;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, behind Netty's frame decoder: puts fragments together within bounds, answers
 * control frames, gives text to the session, and writes the closing handshake.
 */
final class WebSocketLine extends LineTransport {
  private static final int MAX_FRAGMENTS = 32;

  /** Fragments of a message that is not complete; null between messages. */
  private @Nullable ByteBuf partial;

  private int fragments;

  WebSocketLine(Channel channel) {
    super(channel);
  }

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
      case TextWebSocketFrame text when text.isFinalFragment() -> receive(text.content());
      case TextWebSocketFrame text -> add(text.content());
      case ContinuationWebSocketFrame more -> {
        add(more.content());
        if (more.isFinalFragment()) {
          receivePartial();
        }
      }
      case PingWebSocketFrame ping -> pong(ping.content());
      case BinaryWebSocketFrame binary ->
          throw new RefusedException(Refusal.BINARY_FRAME_REFUSED, "frames are JSON in text");
      default -> session().heard();
    }
  }

  private void add(ByteBuf content) {
    if (partial == null) {
      partial = channel().alloc().heapBuffer(2 * content.readableBytes());
    }
    fragments++;
    if (fragments > MAX_FRAGMENTS
        || partial.readableBytes() + content.readableBytes() > WebSocketRoute.MAX_FRAME_BYTES) {
      throw new RefusedException(
          Refusal.FRAME_TOO_LARGE, "a message has at most 32 fragments and 72 kB");
    }
    partial.writeBytes(content);
  }

  private void receivePartial() {
    ByteBuf whole = partial;
    partial = null;
    fragments = 0;
    if (whole != null) {
      try {
        receive(whole);
      } finally {
        whole.release();
      }
    }
  }

  private void receive(ByteBuf text) {
    session().received(text.readableBytes());
    if (!ByteBufUtil.isText(text, java.nio.charset.StandardCharsets.UTF_8)) {
      throw new RefusedException(Refusal.TEXT_NOT_UTF8, "text frames are UTF-8");
    }
    CommandReader.read(ByteBufUtil.getBytes(text), session());
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
    if (reason.refusal() == Refusal.DRAINING && reason.retryAfterMillis() != null) {
      WebSocketFormat.NATIVE.write(new ServerEvent.Reconnect(reason.retryAfterMillis()), out);
    } else {
      WebSocketFormat.NATIVE.write(
          new ServerEvent.Refused(
              null, reason.refusal(), reason.detail(), reason.retryAfterMillis(), null),
          out);
    }
    WebSocketFormat.close(
        WebSocketFormat.closeCode(reason.refusal()), reason.refusal().title(), out);
    write(out);
  }

  /** The client's answer to our close frame is awaited: then both sides are done. */
  @Override
  protected void writtenAtClose(Future<?> written) {
    if (!written.isSuccess()) {
      channel().close();
    }
  }

  private void answerClose(CloseWebSocketFrame close) {
    if (isClosing()) {
      channel().close();
      return;
    }
    int code = close.statusCode();
    boolean valid = code < 0 || WebSocketCloseStatus.isValidStatusCode(code);
    ByteBuf out = channel().alloc().buffer(8);
    WebSocketFormat.close(
        valid ? (code < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : code) : 1002, "", out);
    write(out);
    session().closed();
    closeBehindWritten();
    channel().writeAndFlush(channel().alloc().buffer(0)).addListener(closing());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable root = cause.getCause() == null ? cause : cause.getCause();
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
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }
}
