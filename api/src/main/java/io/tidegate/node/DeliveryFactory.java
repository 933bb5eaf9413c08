package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.TaskExecutors;
import io.netty.util.internal.PlatformDependent;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.Origins;
import io.tidegate.auth.Seal;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.broker.Broker;
import io.tidegate.edge.EdgeCredentials;
import io.tidegate.edge.StreamIds;
import io.tidegate.edge.StreamRequest;
import io.tidegate.hook.ConnectHook;
import io.tidegate.hook.PublishHook;
import io.tidegate.hub.Hub;
import io.tidegate.limit.Attempts;
import io.tidegate.limit.Quotas;
import io.tidegate.log.MessageLog;
import io.tidegate.metalog.MetaLog;
import io.tidegate.presence.Presence;
import io.tidegate.publish.Publisher;
import io.tidegate.roster.Moves;
import io.tidegate.session.Commands;
import io.tidegate.session.ConnectionKeys;
import io.tidegate.session.Sessions;
import io.tidegate.settings.Settings;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import io.tidegate.trace.Traces;
import io.tidegate.usage.Meters;
import io.tidegate.webhook.source.WindowHerald;
import io.tidegate.webhook.standing.Witness;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The parts of delivery, which are plain Java, put together for this node. */
@Factory
final class DeliveryFactory {
  /** What waits for clients and commands is in direct memory and in the heap: a quarter of both. */
  private static final int QUEUED_SHARE = 4;

  private static final long MEGABYTE = 1L << 20;

  /** Short repairs and sweeps; nothing here waits for long. */
  @Singleton
  @Named("node-timer")
  @Bean(preDestroy = "shutdownNow")
  ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("node-timer").daemon().factory());
  }

  @Singleton
  Stores stores(Directory directory, Broker broker, MessageLog log) {
    return new Stores(directory, broker, log);
  }

  @Singleton
  Replay replay(
      Stores stores, @Named(TaskExecutors.BLOCKING) ExecutorService blocking, InstantSource clock) {
    return new Replay(stores, blocking, clock);
  }

  @Singleton
  Meters meters() {
    return new Meters();
  }

  @Singleton
  Hub hub(
      Broker broker,
      Replay replay,
      Meters meters,
      @Named("node-timer") ScheduledExecutorService timer) {
    Hub hub = new Hub(broker, replay, meters, timer);
    broker.listen(hub);
    return hub;
  }

  @Singleton
  Publisher publisher(
      Stores stores,
      Quotas quotas,
      Meters meters,
      MetaLog log,
      WindowHerald herald,
      PublishHook hooks) {
    return new Publisher(stores, quotas, meters, log, herald, hooks);
  }

  @Singleton
  Commands commands(
      Authenticator authenticator,
      Origins origins,
      Directory directory,
      Publisher publisher,
      Quotas quotas,
      Attempts attempts,
      Traces traces,
      Presence presence) {
    return new Commands(
        authenticator, origins, directory, publisher, quotas, attempts, traces, presence);
  }

  @Singleton
  Sessions sessions(
      Hub hub,
      Commands commands,
      Quotas quotas,
      Authenticator authenticator,
      NodeName node,
      Settings settings,
      Meters meters,
      ToldRefusals told,
      MetaLog log,
      Witness witness,
      Presence presence,
      Moves moves,
      ConnectHook hook,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      InstantSource clock) {
    Seal seal = new Seal(settings.masterKey().bytes(), "connection-key");
    ConnectionKeys keys = new ConnectionKeys(node.value(), seal);
    Sessions.Bounds bounds =
        new Sessions.Bounds(settings.overload().acceptedPerSecond(), queuedBytes(settings));
    return new Sessions(
        hub,
        commands,
        quotas,
        authenticator,
        keys,
        meters,
        told,
        log,
        witness,
        bounds,
        presence,
        moves,
        hook,
        blocking,
        clock);
  }

  private static long queuedBytes(Settings settings) {
    int megabytes = settings.overload().queuedMegabytes();
    long memory = Runtime.getRuntime().maxMemory() + PlatformDependent.maxDirectMemory();
    return megabytes == 0 ? memory / QUEUED_SHARE : megabytes * MEGABYTE;
  }

  @Singleton
  StreamRequest.Parts streams(
      EdgeCredentials credentials, Commands commands, Replay replay, Settings settings) {
    StreamIds ids = new StreamIds(new Seal(settings.masterKey().bytes(), "stream-id"));
    return new StreamRequest.Parts(credentials, commands, ids, replay);
  }
}
