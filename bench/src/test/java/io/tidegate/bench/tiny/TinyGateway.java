package io.tidegate.bench.tiny;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.Node;
import io.tidegate.bench.gateway.ServerProcess;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One event loop, everything on it; its process is the test's. It may have several addresses, which
 * pass for nodes that share everything.
 */
public final class TinyGateway implements Gateway {
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, TinyChannel> channels = new HashMap<>();
  private final Mischief mischief;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean refused;

  /** 0 while no tenant has a limit. */
  private int perSecond;

  private long loudSince;

  /** Messages let through or foregone since then. */
  private double taken;

  /** What passes for a node: its address, and the connections to it. */
  private record Listener(Channel server, ChannelGroup connections) {
    InetSocketAddress address() {
      return (InetSocketAddress) server.localAddress();
    }
  }

  /** Starts one on a free port. */
  public TinyGateway(Mischief mischief) {
    this(mischief, 1);
  }

  /** Starts one on so many free ports. */
  public TinyGateway(Mischief mischief, int nodes) {
    this.mischief = mischief;
    for (int i = 0; i < nodes; i++) {
      listeners.add(listen());
    }
  }

  private Listener listen() {
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
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
    return new Listener(server, connections);
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
    return listeners.getFirst().address();
  }

  @Override
  public List<Node> everyNode() {
    return listeners.stream().map(one -> new Node(one.address(), process(), metrics())).toList();
  }

  @Override
  public void kill(int node) {
    listeners.get(node).server().close().syncUninterruptibly();
    listeners.get(node).connections().close().syncUninterruptibly();
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
