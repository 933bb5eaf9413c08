package io.tidegate.bench.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The generator's event loops (native epoll), each with its meter. One is enough for two cores. */
public final class Loops implements AutoCloseable {
  /** Read at once: some 250 message frames; more only costs memory. */
  private static final int READ_BYTES = 64 * 1024;

  private static final int CONNECT_MS = 10_000;

  /** One event loop and what its connections count. */
  public record Loop(EventLoop executor, LoopMeter meter) {}

  private final MultiThreadIoEventLoopGroup group;
  private final List<Loop> loops = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** Starts {@code count} loops. */
  public Loops(int count) {
    Epoll.ensureAvailability();
    group = new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory());
    for (int i = 0; i < count; i++) {
      loops.add(new Loop(group.next(), new LoopMeter()));
    }
  }

  /** The loops in turn. */
  public Loop next() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  /**
   * Opens a connection on {@code loop}.
   *
   * @param local a source address, or null for the system's choice
   * @param receiveBuffer SO_RCVBUF in bytes, or 0 for the system's choice
   */
  static ChannelFuture connect(
      Loop loop,
      InetSocketAddress remote,
      @org.jspecify.annotations.Nullable InetSocketAddress local,
      int receiveBuffer,
      ChannelHandler... handlers) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.executor())
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(handlers);
                  }
                });
    if (receiveBuffer > 0) {
      bootstrap.option(ChannelOption.SO_RCVBUF, receiveBuffer);
    }
    if (local == null) {
      return bootstrap.connect(remote);
    }
    // Without this the kernel gives each source port to one connection only, whatever its target.
    bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
    return bootstrap.connect(remote, local);
  }

  /** What all loops counted since the last call. Not from a loop. */
  public LoopMeter.Tally take() {
    LoopMeter.Tally all = null;
    for (Loop loop : loops) {
      LoopMeter.Tally one =
          loop.executor().submit(loop.meter()::take).syncUninterruptibly().getNow();
      all = all == null ? one : all.plus(one);
    }
    return java.util.Objects.requireNonNull(all);
  }

  /** Afterwards the caller sees all that the loops did before. Not from a loop. */
  public void fence() {
    for (Loop loop : loops) {
      loop.executor().submit(() -> {}).syncUninterruptibly();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
  }
}
