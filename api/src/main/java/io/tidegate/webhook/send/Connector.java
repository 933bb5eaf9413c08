package io.tidegate.webhook.send;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tidegate.webhook.send.Outcome.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Opens connections to addresses in numbers; it has no means to resolve anything. */
final class Connector implements AutoCloseable {
  /** It moves bytes and makes handshakes, of which one core makes hundreds a second. */
  private static final int LOOPS = 1;

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(2);

  private final TargetTls tls;
  private final ChannelFactory<? extends Channel> channels;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          LOOPS, new DefaultThreadFactory("webhook-send", true), NioIoHandler.newFactory());

  Connector(TargetTls tls) {
    this(tls, NioSocketChannel::new);
  }

  /**
   * @param channels asked once for each connection that is tried, before anything is sent for it
   */
  Connector(TargetTls tls, ChannelFactory<? extends Channel> channels) {
    this.tls = tls;
    this.channels = channels;
  }

  /** For what is asked beside it, such as name servers. */
  EventLoop loop() {
    return loops.next();
  }

  /**
   * A connection on which nothing has been said yet, but who the host is.
   *
   * @param exchange what hears the answer; of this connection alone
   * @param within for connecting alone; never beyond the deadline
   * @throws Broken with {@link Fault#NO_CONNECTION} when another address may be tried
   */
  Channel connect(
      InetAddress address, Target target, Exchange exchange, Duration within, Deadline deadline)
      throws Broken {
    ChannelFuture connecting =
        new Bootstrap()
            .group(loops)
            .channelFactory(channels)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, within.toMillis()))
            .disableResolver()
            .handler(pipeline(target, exchange))
            .connect(new InetSocketAddress(address, target.port()));
    Channel channel = connecting.channel();
    try {
      awaitConnection(connecting, deadline);
      if (target.secure()) {
        awaitHandshake(channel, deadline);
      }
      return channel;
    } catch (Broken e) {
      channel.close();
      throw e;
    }
  }

  private static void awaitConnection(ChannelFuture connecting, Deadline deadline) throws Broken {
    try {
      deadline.await(connecting, "a connection");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RejectedExecutionException) {
        throw Deadline.stopped();
      }
      throw new Broken(Fault.NO_CONNECTION, "nobody accepts connections there");
    } catch (Broken e) {
      throw e.fault() == Fault.TIMEOUT ? new Broken(Fault.NO_CONNECTION, e.reason()) : e;
    }
  }

  private static void awaitHandshake(Channel channel, Deadline deadline) throws Broken {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      throw new Broken(Fault.CLOSED, "the host ended the connection at once");
    }
    try {
      deadline.await(handler.handshakeFuture(), "TLS with the host");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Broken.by(Fault.TLS, "no TLS with the host", cause);
    }
  }

  private ChannelInitializer<Channel> pipeline(Target target, Exchange exchange) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (target.secure()) {
          channel.pipeline().addLast(tls.handler(channel.alloc(), target));
        }
        channel.pipeline().addLast(exchange.cap(), new HttpClientCodec(), exchange);
      }
    };
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
