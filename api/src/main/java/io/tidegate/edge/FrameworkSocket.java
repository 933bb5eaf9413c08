package io.tidegate.edge;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * What the framework's own WebSockets are kept from: it inflates without a bound, and puts
 * fragments together without one.
 */
final class FrameworkSocket {
  private FrameworkSocket() {}

  /** No extension was offered, so none is negotiated: permessage-deflate would be. */
  static void withoutExtensions(HttpRequest request) {
    request.headers().remove(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
  }

  static boolean isFragment(Object message) {
    return message instanceof WebSocketFrame frame && !frame.isFinalFragment();
  }

  static void close(ChannelHandlerContext ctx) {
    ctx.channel()
        .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.MESSAGE_TOO_BIG))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
