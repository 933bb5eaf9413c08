package io.tidegate.webhook.send;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.tidegate.webhook.send.Outcome.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One request and its answer, on a connection that has no other. */
final class Exchange extends SimpleChannelInboundHandler<HttpObject> {
  /** The answer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, byte[] body, boolean cut) {}

  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final int mostBytes;

  // What follows is the event loop's.
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Of the answer that counts; 0: its head has not come. */
  private int status;

  /**
   * @param mostBytes of the answer, its head included
   */
  Exchange(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** What stands before it in the pipeline. */
  AnswerCap cap() {
    return new AnswerCap(mostBytes);
  }

  /**
   * @return fails with {@link Broken}
   */
  CompletableFuture<Reply> ask(Channel channel, FullHttpRequest request) {
    channel
        .writeAndFlush(request)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                reply.completeExceptionally(brokenOff(written.cause()));
              }
            });
    return reply;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      boolean early = part.decoderResult().cause() instanceof PrematureChannelClosureException;
      fail(ctx, early ? endedEarly() : noHttp());
      return;
    }
    if (part instanceof HttpResponse head) {
      begin(ctx, head.status());
    }
    // Behind an interim head (RFC 9110, section 15.2) an end comes, too, which is none.
    if (part instanceof HttpContent content && status != 0) {
      byte[] bytes = new byte[content.content().readableBytes()];
      content.content().readBytes(bytes);
      body.writeBytes(bytes);
      if (content instanceof LastHttpContent) {
        end(ctx, false);
      }
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpResponseStatus head) {
    if (head.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      fail(ctx, new Broken(Fault.NO_HTTP, "the host changes to another protocol, unasked"));
    } else if (head.codeClass() != HttpStatusClass.INFORMATIONAL) {
      status = head.code();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event != AnswerCap.REACHED) {
      ctx.fireUserEventTriggered(event);
    } else if (status == 0) {
      fail(ctx, noHttp());
    } else {
      end(ctx, true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, endedEarly());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean ofTheLine = cause instanceof IOException || cause.getCause() instanceof IOException;
    fail(ctx, ofTheLine ? brokenOff(cause) : noHttp());
  }

  private void end(ChannelHandlerContext ctx, boolean cut) {
    reply.complete(new Reply(status, body.toByteArray(), cut));
    ctx.close();
  }

  /** Of several the first counts. */
  private void fail(ChannelHandlerContext ctx, Broken why) {
    reply.completeExceptionally(why);
    ctx.close();
  }

  private static Broken endedEarly() {
    return new Broken(Fault.CLOSED, "the host ended the connection before its answer did");
  }

  private static Broken brokenOff(Throwable cause) {
    return Broken.by(Fault.CLOSED, "the connection broke off", cause);
  }

  private static Broken noHttp() {
    return new Broken(Fault.NO_HTTP, "what came is no answer of HTTP/1.1");
  }
}
