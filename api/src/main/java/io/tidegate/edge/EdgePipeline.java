package io.tidegate.edge;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.scheduling.TaskExecutors;
import io.netty.channel.Channel;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.guard.Gate;
import io.tidegate.guard.GuardedLine;
import io.tidegate.guard.Lines;
import io.tidegate.guard.Listener;
import io.tidegate.peer.PublicPort;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Guards every connection of the server; puts an {@link EdgeHandler} behind the guard of those to
 * the public port. What that needs is asked for once: a connection that comes while the server
 * stops finds no beans any more.
 */
@Singleton
final class EdgePipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final PublicPort port;
  private final BeanProvider<EdgeRoute> routes;
  private final BeanProvider<ExecutorService> blocking;
  private final Listener listener;
  private final GuardedLine line;
  private final BeanProvider<ToldRefusals> told;
  private final Lines lines;
  private final Gate gate;
  private volatile @Nullable Shared shared;

  EdgePipeline(
      Listener listener,
      GuardedLine line,
      Lines lines,
      Gate gate,
      PublicPort port,
      BeanProvider<EdgeRoute> routes,
      @Named(TaskExecutors.BLOCKING) BeanProvider<ExecutorService> blocking,
      BeanProvider<ToldRefusals> told) {
    this.listener = listener;
    this.line = line;
    this.lines = lines;
    this.gate = gate;
    this.port = port;
    this.routes = routes;
    this.blocking = blocking;
    this.told = told;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new Customizer(null));
    return registry;
  }

  /** What the handlers of connections share. */
  private record Shared(
      Map<String, EdgeRoute> routes, ExecutorService blocking, ToldRefusals told) {}

  private Shared shared() {
    Shared known = shared;
    if (known == null) {
      Map<String, EdgeRoute> byPath =
          routes.stream().collect(Collectors.toMap(EdgeRoute::path, Function.identity()));
      known = new Shared(byPath, blocking.get(), told.get());
      shared = known;
    }
    return known;
  }

  /** Of the server itself, of a listening channel, then of a connection. */
  private final class Customizer implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    Customizer(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel toChannel, ChannelRole role) {
      if (role == ChannelRole.LISTENER) {
        listener.guard(toChannel);
      }
      return new Customizer(toChannel);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel == null) {
        return;
      }
      try {
        build(channel);
      } catch (RuntimeException e) {
        // The framework would log it and serve the connection unguarded.
        channel.eventLoop().execute(channel::close);
        throw e;
      }
    }

    private void build(Channel built) {
      line.guard(built);
      if (port.took(built)) {
        Shared all = shared();
        EdgeHandler edge = new EdgeHandler(all.routes, lines, gate, all.blocking, all.told);
        built.pipeline().addAfter(GuardedLine.LAST, EdgeHandler.NAME, edge);
      }
    }
  }
}
