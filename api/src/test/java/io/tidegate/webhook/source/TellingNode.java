package io.tidegate.webhook.source;

import io.tidegate.broker.Broker;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.broker.RedisBroker;
import io.tidegate.broker.RedisTrail;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.TenantId;
import io.tidegate.channel.Trail;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.webhook.store.WebhookFixture;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What one node tells webhooks with: a broker of its own, over everybody's PostgreSQL. */
final class TellingNode implements AutoCloseable {
  final MemoryDirectory directory = new MemoryDirectory();
  final Broker broker;
  final WindowHerald herald;
  final Sweep sweep;
  private final Stores stores;
  private final @Nullable RedisLink link;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  /**
   * @param redis null: a node that is alone
   */
  TellingNode(WebhookFixture fixture, @Nullable RedisProcess redis) {
    Trail trail;
    if (redis == null) {
      link = null;
      broker = new MemoryBroker(InstantSource.system(), 64 << 20);
      trail = new LocalTrail(broker);
    } else {
      link = PatientLink.open(redis.url(), timer);
      broker = new RedisBroker(link, timer, (name, ttl) -> true);
      trail = new RedisTrail(link);
    }
    stores = new Stores(directory, broker, new MemoryMessageLog());
    JdbcCursors cursors = new JdbcCursors(fixture.bean(JdbcWork.class));
    herald = new WindowHerald(cursors, fixture.events(), fixture.webhooks());
    sweep = new Sweep(herald, cursors, stores, trail);
  }

  void knows(AppEntry app) {
    knows(app.appId(), app.tenant(), Durability.WINDOW, 10_000);
  }

  void knows(AppId app, TenantId tenant, Durability durability, int window) {
    knows(app, tenant, durability, new Namespace.Span(window, 3_600));
  }

  void knows(AppId app, TenantId tenant, Durability durability, Namespace.Span window) {
    Namespace plain = Namespace.DEFAULT;
    directory.putApp(app, tenant);
    directory.putRules(
        app,
        new Namespace(
            "n",
            new ChannelPattern("*"),
            durability,
            window,
            plain.retentionDays(),
            plain.rewind(),
            plain.maxMessageBytes(),
            plain.open(),
            plain.clientPublish(),
            plain.presence(),
            plain.conflate(),
            plain.requireClientId()));
  }

  static ChannelId channel(AppEntry app, String name) {
    return new ChannelId(app.appId(), new ChannelName(name));
  }

  Held held(ChannelId channel) {
    return stores.of(channel);
  }

  /** As a node does; each message's data is its id. */
  CompletionStage<Published> publish(ChannelId channel, String... ids) {
    Held held = held(channel);
    return herald.publish(held, () -> broker.publish(unit(held, ids), held.keep()));
  }

  /** As a node does that dies right behind it. */
  Published publishAndDie(ChannelId channel, String... ids) {
    Held held = held(channel);
    return broker.publish(unit(held, ids), held.keep()).toCompletableFuture().join();
  }

  private static PublishUnit unit(Held held, String... ids) {
    List<Draft> drafts =
        Arrays.stream(ids)
            .map(id -> new Draft(id, null, data(id), null, null, null, null, null))
            .toList();
    return new PublishUnit(held.tenant(), held.channel(), drafts);
  }

  private static byte[] data(String id) {
    return ('"' + id + '"').getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    herald.close();
    broker.close();
    if (link != null) {
      link.close();
    }
    timer.shutdownNow();
  }
}
