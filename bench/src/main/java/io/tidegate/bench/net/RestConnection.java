package io.tidegate.bench.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with at most one request on its way. On its loop only. */
public final class RestConnection {
  /** Hears one answer. */
  public interface Answer {
    void answered(Reply reply);
  }

  /**
   * @param status of the answer; 0 when the connection was lost before it came
   * @param code of the refusal, 0 where there is none
   * @param retryAfterMs what the gateway advises, 0 when nothing
   */
  public record Reply(int status, int code, long retryAfterMs) {
    static final Reply LOST = new Reply(0, 0, 0);

    /** Whether what was posted is done. */
    public boolean done() {
      return status == 201;
    }

    /** Whether what was posted may have been done all the same. */
    public boolean outcomeUnknown() {
      return status == 0 || status == 500 || status == 504;
    }

    @Override
    public String toString() {
      return status == 0 ? "connection lost" : "HTTP " + status + (code == 0 ? "" : " " + code);
    }
  }

  private static final Pattern CODE = Pattern.compile("\"code\":\\s*(\\d{5})\\b");
  private static final int MAX_ANSWER = 1024 * 1024;

  private final Loops.Loop loop;
  private final InetSocketAddress remote;
  private final String host;
  private final String authorization;
  private @Nullable Channel channel;

  /** Null while no request is on its way. */
  private @Nullable Answer waiting;

  /** A connection that opens with its first request. */
  public RestConnection(Loops.Loop loop, Address address) {
    this.loop = loop;
    remote = address.remote();
    host = address.host();
    authorization = address.authorization();
  }

  /** Whether it can take a request. */
  public boolean idle() {
    return waiting == null;
  }

  /** Posts JSON (released); connects first where needed. Only while idle. */
  public void post(String path, ByteBuf body, Answer answer) {
    if (waiting != null) {
      throw new IllegalStateException("one request at a time");
    }
    waiting = answer;
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, body);
    request
        .headers()
        .set(HttpHeaderNames.HOST, host)
        .set(HttpHeaderNames.AUTHORIZATION, authorization)
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    Channel open = channel;
    if (open != null && open.isActive()) {
      open.writeAndFlush(request, open.voidPromise());
      return;
    }
    Loops.connect(
            loop,
            remote,
            null,
            0,
            new HttpClientCodec(),
            new HttpObjectAggregator(MAX_ANSWER),
            new Answers())
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  channel = connected.channel();
                  if (connected.isSuccess()) {
                    connected.channel().writeAndFlush(request);
                  } else {
                    request.release();
                    answered(Reply.LOST);
                  }
                });
  }

  private void answered(Reply reply) {
    Answer answer = waiting;
    waiting = null;
    if (answer != null) {
      answer.answered(reply);
    }
  }

  private static int problemCode(FullHttpResponse response) {
    Matcher code = CODE.matcher(response.content().toString(StandardCharsets.UTF_8));
    return code.find() ? Integer.parseInt(code.group(1)) : 0;
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
      int retrySeconds = response.headers().getInt(HttpHeaderNames.RETRY_AFTER, 0);
      boolean closing = response.headers().contains(HttpHeaderNames.CONNECTION, "close", true);
      if (closing) {
        channel = null;
        ctx.close();
      }
      int status = response.status().code();
      int code = status == 201 ? 0 : problemCode(response);
      answered(new Reply(status, code, retrySeconds * 1000L));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (channel == ctx.channel()) {
        channel = null;
        answered(Reply.LOST);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
