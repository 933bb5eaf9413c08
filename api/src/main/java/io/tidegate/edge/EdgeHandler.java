package io.tidegate.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.guard.Farewell;
import io.tidegate.guard.Gate;
import io.tidegate.guard.GuardedLine;
import io.tidegate.guard.Lines;
import io.tidegate.logging.AccessLog;
import io.tidegate.peer.Peer;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind the guard of every connection. Lets ordinary requests pass; on one for a subscribe
 * path it removes the HTTP handlers at once, so that nothing behind the request is read as HTTP,
 * keeps what comes meanwhile, and hands the line over when the request is decided.
 */
final class EdgeHandler extends ChannelDuplexHandler implements Takeover {
  static final String NAME = "tidegate-edge";

  private static final Logger LOG = LoggerFactory.getLogger(EdgeHandler.class);

  private final Map<String, EdgeRoute> routes;
  private final Lines lines;
  private final Gate gate;
  private final Executor blocking;
  private final ToldRefusals told;

  /** Requests passed on whose answers have not been written yet. */
  private int unanswered;

  /** A recognised request that waits for the answers before it, or is being decided. */
  private @Nullable HttpRequest taken;

  private boolean raw;

  /** The answer was no: what still comes is dropped. */
  private boolean refused;

  private @Nullable ChannelHandlerContext context;

  /** What the client sent behind the request; reading is off, so it is what one read brought. */
  private final ArrayDeque<Object> early = new ArrayDeque<>(1);

  EdgeHandler(
      Map<String, EdgeRoute> routes, Lines lines, Gate gate, Executor blocking, ToldRefusals told) {
    this.routes = routes;
    this.lines = lines;
    this.gate = gate;
    this.blocking = blocking;
    this.told = told;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (raw && !refused && message instanceof ByteBuf) {
      early.add(message);
    } else if (taken != null) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request && routeOf(request) != null) {
      context = ctx;
      taken = request;
      ctx.channel().config().setAutoRead(false);
      if (unanswered == 0) {
        take(ctx, request);
      }
    } else if (FrameworkSocket.isFragment(message)) {
      ReferenceCountUtil.release(message);
      FrameworkSocket.close(ctx);
    } else {
      if (message instanceof HttpRequest passing) {
        FrameworkSocket.withoutExtensions(passing);
        unanswered++;
      }
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean interim = message instanceof HttpResponse response && response.status().code() < 200;
    boolean last = message instanceof LastHttpContent && !interim;
    ctx.write(message, promise);
    if (last && --unanswered == 0 && taken != null && !raw) {
      HttpRequest request = taken;
      ctx.executor().execute(() -> take(ctx, request));
    }
  }

  private @Nullable EdgeRoute routeOf(HttpRequest request) {
    return request.decoderResult().isSuccess() && !isPreflight(request)
        ? routes.get(EdgeRequest.path(request.uri()))
        : null;
  }

  /** It opens nothing, and is answered as every other route's is. */
  private static boolean isPreflight(HttpRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private void take(ChannelHandlerContext ctx, HttpRequest http) {
    EdgeRoute route = routeOf(http);
    if (route == null || !ctx.channel().isActive()) {
      return;
    }
    raw = true;
    gate.deciding();
    orGiveUp(
        ctx,
        () -> {
          removeHttp(ctx);
          EdgeRequest request =
              EdgeRequest.of(http, Peer.of(ctx.channel(), http.headers()::getAll));
          blocking.execute(() -> orGiveUp(ctx, () -> decide(ctx, route, request)));
        });
  }

  /** A step towards {@link #open}; when it fails there is no next one, and nobody to answer. */
  private void orGiveUp(ChannelHandlerContext ctx, Runnable step) {
    boolean done = false;
    try {
      step.run();
      done = true;
    } finally {
      if (!done) {
        gate.decided();
        ctx.close();
      }
    }
  }

  private void decide(ChannelHandlerContext ctx, EdgeRoute route, EdgeRequest request) {
    long begun = System.nanoTime();
    EdgeRoute.Opening opening;
    RefusedException no = null;
    try {
      request.requireNoBody();
      lines.enterBehindProxy(ctx.channel(), request.address());
      opening = route.decide(request);
    } catch (RefusedException refused) {
      no = refused;
      opening = line -> refuse(ctx, refused, request);
    } catch (RuntimeException failure) {
      LOG.error("request {} could not be decided", request.requestId(), failure);
      RefusedException internal =
          new RefusedException(Refusal.INTERNAL, "the gateway failed; it has been noted");
      no = internal;
      opening = line -> refuse(ctx, internal, request);
    }
    log(route, request, no, begun);
    EdgeRoute.Opening decided = opening;
    ctx.executor().execute(() -> open(ctx, decided));
  }

  private void open(ChannelHandlerContext ctx, EdgeRoute.Opening decided) {
    try {
      if (ctx.channel().isActive()) {
        decided.open(this);
      } else {
        forgetEarly();
      }
    } finally {
      gate.decided();
    }
  }

  private static void log(
      EdgeRoute route, EdgeRequest request, @Nullable RefusedException refused, long begun) {
    if (AccessLog.isOn()) {
      AccessLog.write(
          refused == null ? "connection.accepted" : "connection.refused",
          "route",
          route.path(),
          "code",
          refused == null ? null : refused.refusal().code(),
          "ms",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
          "requestId",
          request.requestId());
    }
  }

  private void refuse(ChannelHandlerContext ctx, RefusedException reason, EdgeRequest request) {
    RefusalCounts.count(reason.refusal());
    told.told(reason, request::circumstance);
    forgetEarly();
    refused = true;
    Farewell.say(ctx, request.refusal(reason));
  }

  /** Everything of HTTP goes: the codec before this handler, Micronaut behind it, idle timers. */
  private void removeHttp(ChannelHandlerContext ctx) {
    ChannelPipeline pipeline = ctx.pipeline();
    List<ChannelHandler> going = new ArrayList<>();
    boolean behind = false;
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (entry.getValue() == this) {
        behind = true;
      } else if (behind || entry.getValue() instanceof IdleStateHandler) {
        going.add(entry.getValue());
      }
    }
    going.forEach(pipeline::remove);
    GuardedLine.release(pipeline);
  }

  @Override
  public Channel channel() {
    return context().channel();
  }

  @Override
  public void become(ByteBuf head, ChannelHandler... handlers) {
    ChannelHandlerContext ctx = context();
    ChannelPipeline pipeline = ctx.pipeline();
    ctx.writeAndFlush(head, ctx.voidPromise());
    pipeline.addLast(handlers);
    for (Object bytes = early.poll(); bytes != null; bytes = early.poll()) {
      ctx.fireChannelRead(bytes);
    }
    pipeline.remove(this);
    // The framework keeps its handlers, and through their contexts this one, until the line closes.
    taken = null;
    context = null;
    ctx.channel().config().setAutoRead(true);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (taken == null) {
      ctx.fireChannelReadComplete();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    forgetEarly();
  }

  private void forgetEarly() {
    for (Object bytes = early.poll(); bytes != null; bytes = early.poll()) {
      ReferenceCountUtil.release(bytes);
    }
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("no request was taken");
    }
    return context;
  }
}
