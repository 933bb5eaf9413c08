package io.tidegate.bench.tiny;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.ServerProcess;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One event loop, everything on it; its process is the test's. */
public final class TinyGateway implements Gateway {
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, TinyChannel> channels = new HashMap<>();
  private final Mischief mischief;
  private final Channel server;
  private boolean refused;

  /** 0 while no tenant has a limit. */
  private int perSecond;

  private long loudSince;

  /** Messages let through or foregone since then. */
  private double taken;

  /** Starts one on a free port. */
  public TinyGateway(Mischief mischief) {
    this.mischief = mischief;
    server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(1 << 20),
                            new WebSocketServerProtocolHandler("/v1/ws"),
                            new TinyFrames(TinyGateway.this),
                            new TinyRoutes(TinyGateway.this));
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  Mischief mischief() {
    return mischief;
  }

  TinyChannel channel(String name) {
    return channels.computeIfAbsent(name, n -> new TinyChannel(n, mischief));
  }

  /** Whether the publish at hand is refused: once. */
  boolean refuses(TinyChannel channel) {
    boolean now =
        mischief == Mischief.REFUSES && !refused && channel.head() >= TinyChannel.VICTIM - 1;
    refused |= now;
    return now;
  }

  /** The last tenant made has this limit; it is known by its channels' names. */
  void limit(int messagesPerSecond) {
    perSecond = messagesPerSecond;
    loudSince = System.nanoTime();
  }

  /**
   * Whether the publish at hand is over its tenant's limit; one second's worth may come at once.
   */
  boolean limits(String channel) {
    if (perSecond == 0 || !channel.endsWith(":loud") || mischief == Mischief.LETS_ALL_THROUGH) {
      return false;
    }
    double allowed = perSecond + perSecond * ((System.nanoTime() - loudSince) / 1e9) - taken;
    taken += Math.max(0, allowed - perSecond);
    if (allowed < 1) {
      return true;
    }
    taken++;
    return false;
  }

  void flush() {
    channels.values().forEach(TinyChannel::flush);
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  @Override
  public String operatorToken() {
    return "operator";
  }

  @Override
  public Optional<ServerProcess> process() {
    return Optional.of(new ServerProcess(ProcessHandle.current().pid(), Optional.empty()));
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
  }
}
