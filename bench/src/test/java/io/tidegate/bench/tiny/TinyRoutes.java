package io.tidegate.bench.tiny;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The REST routes of the tiny gateway that the generator calls. */
final class TinyRoutes extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TinyGateway gateway;

  TinyRoutes(TinyGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws Exception {
    String path = request.uri();
    if (path.equals("/v1/tokens")) {
      answer(ctx, 201, "{\"token\":\"t\"}");
    } else if (path.matches("/v1/channels/[^/]+/messages")) {
      publish(ctx, path.split("/")[3], request.content());
    } else if (path.endsWith("/keys")) {
      answer(ctx, 201, "{\"key\":\"1.k1:secret\"}");
    } else {
      if (path.equals("/v1/tenants")) {
        JsonNode tenant = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
        gateway.limit(tenant.path("limits").path("publishesPerSecond").asInt());
      }
      answer(ctx, 201, "{\"id\":\"1\"}");
    }
  }

  private void publish(ChannelHandlerContext ctx, String name, ByteBuf body) throws Exception {
    JsonNode content = JSON.readTree(body.toString(StandardCharsets.UTF_8));
    TinyChannel channel = gateway.channel(name);
    if (gateway.mischief() == Mischief.DENIES) {
      answer(ctx, 404, "{\"code\":40400}");
      return;
    }
    if (gateway.limits(name)) {
      answer(ctx, 429, "{\"code\":42900}");
      return;
    }
    if (gateway.refuses(channel)) {
      answer(ctx, 503, "{\"code\":50300}");
      return;
    }
    if (content.isArray()) {
      content.forEach(message -> channel.publish(message.path("data").toString()));
    } else {
      channel.publish(content.path("data").toString());
    }
    gateway.flush();
    answer(ctx, 201, "{\"channel\":\"" + name + "\",\"messages\":[]}");
  }

  private static void answer(ChannelHandlerContext ctx, int status, String body) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length());
    ctx.writeAndFlush(response);
  }
}
