package io.tidegate.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.RequestId;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the decoder of every connection: refuses a request that cannot be read, that breaks
 * {@link HeadRules} or that comes too slowly, behind the answers to those before it. A refusal here
 * is the connection's last word, since nobody can tell where the next request would begin. On the
 * event loop.
 */
final class RequestGuard extends ChannelDuplexHandler {
  static final String NAME = "tidegate-guard";

  private static final String ALLOW =
      HeadRules.METHODS.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));

  private static final String EVENT_STREAMS = "/v1/sse";

  private final Gate gate;
  private final Pace pace;
  private final Newcomer newcomer;

  /** Requests passed on whose answers have not been written to their end. */
  private int unanswered;

  /** Whether the oldest of them is being answered. */
  private boolean answering;

  /** What is said when those before it are answered; then nothing more is. */
  private @Nullable ByteBuf lastWord;

  /** Requests of one line that wait for their answers: each costs memory before it is read. */
  static final int MOST_UNANSWERED = 256;

  private boolean deaf;
  private boolean mute;

  RequestGuard(Gate gate, Pace pace, Newcomer newcomer) {
    this.gate = gate;
    this.pace = pace;
    this.newcomer = newcomer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    pace.begin(() -> late(ctx));
    RefusedException refused = newcomer.refusal();
    if (refused != null) {
      ctx.executor().execute(() -> refuse(ctx, refused, null));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (deaf) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      begin(ctx, request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      breakOff(ctx, new RefusedException(Refusal.BAD_REQUEST, "the body's chunks cannot be read"));
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    Throwable failure = StrictRequestDecoder.failure(request);
    try {
      if (failure != null) {
        throw unreadable(failure);
      }
      HeadRules.require(request);
      if (unanswered == MOST_UNANSWERED) {
        throw new RefusedException(
            Refusal.REQUEST_RATE_EXCEEDED,
            "at most " + MOST_UNANSWERED + " requests wait for their answers");
      }
      gate.enter();
      unanswered++;
      ctx.fireChannelRead(request);
    } catch (RefusedException refused) {
      ReferenceCountUtil.release(request);
      refuse(ctx, refused, request);
    }
  }

  private static RefusedException unreadable(Throwable failure) {
    return switch (failure) {
      case RefusedException refused -> refused;
      case TooLongHttpLineException line ->
          new RefusedException(Refusal.URI_TOO_LONG, "a request line has at most 8 kB");
      case TooLongHttpHeaderException header -> tooLarge();
      case TooLongFrameException header -> tooLarge();
      default -> new RefusedException(Refusal.BAD_REQUEST, "the request's head cannot be read");
    };
  }

  private static RefusedException tooLarge() {
    return new RefusedException(
        Refusal.HEADERS_TOO_LARGE, "headers have at most 8 kB, all together");
  }

  private void late(ChannelHandlerContext ctx) {
    RefusedException slow =
        new RefusedException(
            Refusal.REQUEST_TIMEOUT,
            "a head arrives within %d s, a body within %d s"
                .formatted(Pace.HEAD_SECONDS, Pace.BODY_SECONDS));
    switch (pace.stage()) {
      case SILENT -> ctx.close();
      case HEAD -> refuse(ctx, slow, null);
      case BODY -> breakOff(ctx, slow);
      case BETWEEN -> {}
    }
  }

  /** The request was passed on and gets no answer of its own: the line ends with this one. */
  private void breakOff(ChannelHandlerContext ctx, RefusedException refused) {
    deaf = true;
    if (unanswered == 1 && !answering) {
      mute = true;
      leave();
      refuse(ctx, refused, null);
    } else {
      ctx.close();
    }
  }

  private void refuse(
      ChannelHandlerContext ctx, RefusedException refused, @Nullable HttpRequest request) {
    deaf = true;
    pace.stop();
    String offered = request == null ? null : request.headers().get(RequestId.HEADER);
    String origin = request == null ? null : request.headers().get(HttpHeaderNames.ORIGIN);
    String requestId = RequestId.acceptOrMake(offered);
    RefusalCounts.count(refused.refusal());
    lastWord =
        request != null && refused.refusal() == Refusal.DRAINING && isForEvents(request)
            ? RawHttp.comeAgain(refused, requestId, origin, isSecure(ctx))
            : RawHttp.refusal(refused, requestId, origin, isSecure(ctx), ALLOW);
    sayLastWord(ctx);
  }

  /** As a browser's EventSource asks: it takes every status but 200 as final. */
  private static boolean isForEvents(HttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request.uri().startsWith(EVENT_STREAMS)
        && request.headers().contains(HttpHeaderNames.ACCEPT, "text/event-stream", true);
  }

  private static boolean isSecure(ChannelHandlerContext ctx) {
    return ctx.pipeline().get(SslHandler.class) != null;
  }

  private void sayLastWord(ChannelHandlerContext ctx) {
    ByteBuf word = lastWord;
    if (word != null && unanswered == 0) {
      lastWord = null;
      mute = true;
      Farewell.say(ctx.pipeline().context(AnswerEncoder.class), word);
    }
  }

  /** Whether the framework failed to write a failure: nothing of ours has seen this answer. */
  private static boolean isBare(HttpResponse answer) {
    return answer.status().codeClass() == HttpStatusClass.SERVER_ERROR
        && !answer.headers().contains(RequestId.HEADER);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (mute) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    if (message instanceof HttpResponse failure && isBare(failure)) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      breakOff(ctx, new RefusedException(Refusal.INTERNAL, "Something went wrong here."));
      return;
    }
    boolean interim = false;
    if (message instanceof HttpResponse answer) {
      interim = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      answering = !interim;
      if (answer.status().codeClass() == HttpStatusClass.SUCCESS) {
        newcomer.known();
      }
    }
    ctx.write(message, promise);
    if (message instanceof LastHttpContent && !interim) {
      answering = false;
      unanswered--;
      gate.leave(1);
      if (lastWord != null) {
        ctx.executor().execute(() -> sayLastWord(ctx));
      }
    }
  }

  /** Nobody waits for an answer any more. */
  private void leave() {
    gate.leave(unanswered);
    unanswered = 0;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    pace.stop();
    leave();
    if (lastWord != null) {
      lastWord.release();
      lastWord = null;
    }
  }
}
