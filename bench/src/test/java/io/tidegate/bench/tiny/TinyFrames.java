package io.tidegate.bench.tiny;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** One WebSocket connection of the tiny gateway. */
final class TinyFrames extends SimpleChannelInboundHandler<TextWebSocketFrame> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TinyGateway gateway;

  TinyFrames(TinyGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
      send(ctx, "{\"type\":\"connected\",\"connectionId\":\"c\",\"resumed\":false}");
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame)
      throws Exception {
    JsonNode request = JSON.readTree(frame.text());
    TinyChannel channel = gateway.channel(request.path("channel").asText());
    String id = request.path("id").asText();
    if (request.path("type").asText().equals("subscribe")) {
      subscribe(ctx, request, channel, id);
    } else if (gateway.refuses(channel)) {
      send(ctx, "{\"type\":\"error\",\"id\":\"" + id + "\",\"code\":50300}");
    } else {
      for (JsonNode message : request.path("messages")) {
        channel.publish(message.path("data").toString());
      }
      send(ctx, "{\"type\":\"reply\",\"id\":\"" + id + "\"}");
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    gateway.flush();
  }

  /** A reset is what a cut looks like from here. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void subscribe(
      ChannelHandlerContext ctx, JsonNode request, TinyChannel channel, String id) {
    boolean since = request.has("since") && gateway.mischief() != Mischief.FORGETS_POSITIONS;
    long seq = since ? request.path("since").path("seq").asLong() : channel.head();
    send(
        ctx,
        "{\"type\":\"subscribed\",\"id\":\""
            + id
            + "\",\"epoch\":\"e1\",\"seq\":"
            + seq
            + ",\"resumed\":"
            + since
            + "}");
    channel.join(ctx.channel(), seq);
  }

  private static void send(ChannelHandlerContext ctx, String text) {
    ctx.writeAndFlush(new TextWebSocketFrame(text));
  }
}
