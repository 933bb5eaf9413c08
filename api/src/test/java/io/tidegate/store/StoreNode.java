package io.tidegate.store;

import io.tidegate.broker.Claims;
import io.tidegate.broker.RedisBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Rules;
import io.tidegate.channel.TenantId;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogDatabase;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.MemoryDirectory;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The stores of one node, with rules of its own: it may hear of changes later than others. */
record StoreNode(
    TenantId tenant,
    AppId app,
    MemoryDirectory directory,
    ScheduledExecutorService timer,
    RedisLink link,
    RedisBroker broker,
    JdbcMessageLog log,
    Stores stores)
    implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

  /**
   * @param away claims of all nodes while Redis does not answer
   */
  static StoreNode start(
      RedisProcess redis, LogDatabase database, Claims away, TenantId tenant, AppId app) {
    MemoryDirectory directory = new MemoryDirectory();
    directory.putApp(app, tenant);
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    RedisLink link = PatientLink.open(redis.url(), timer);
    RedisBroker broker = new RedisBroker(link, timer, away);
    JdbcMessageLog log = database.log(LogDatabase.PATIENT);
    Stores stores = new Stores(directory, broker, log);
    return new StoreNode(tenant, app, directory, timer, link, broker, log, stores);
  }

  void rules(Durability durability) {
    directory.putRules(app, namespace(durability));
  }

  void change(Durability from, Durability to, long change, long inNanos) {
    directory.putRules(
        app,
        new AppRules(
            new Rules(List.of(namespace(to))),
            List.of(
                new AppRules.Superseded(
                    change, new Rules(List.of(namespace(from))), System.nanoTime() + inNanos))));
  }

  Held held(ChannelId channel) {
    return patiently(() -> stores.of(channel));
  }

  Head head(ChannelId channel) {
    return patiently(() -> stores.of(channel).head()).orElseThrow();
  }

  List<String> ids(ChannelId channel) {
    return patiently(() -> stores.of(channel).readForward(1, 100_000)).stream()
        .map(Message::id)
        .toList();
  }

  /** What a node does when changes take effect. */
  void moveAll(ChannelId... occupied) {
    patiently(
        () -> {
          stores.switchover().moveAll(tenant, app, directory.rules(app), List.of(occupied));
          return true;
        });
  }

  Published publish(ChannelId channel, String id) {
    return patiently(
        () -> {
          try (Stores.Publishing publishing = stores.publishing(channel)) {
            return store(publishing.held(), id);
          }
        });
  }

  /** On a machine that is busy a server is taken to be away now and then. */
  static <T> T patiently(Supplier<T> call) {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      try {
        return call.get();
      } catch (RefusedException refused) {
        if (refused.refusal() != Refusal.STORE_UNAVAILABLE || System.nanoTime() - end > 0) {
          throw refused;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  Published store(Held held, String id) {
    Draft draft = new Draft(id, null, new byte[] {'1'}, null, null, null, null, null);
    PublishUnit unit = new PublishUnit(tenant, held.channel(), List.of(draft));
    try {
      return (held.durability() == Durability.DURABLE
              ? log.append(unit, held.keep(), committed -> {})
              : broker.publish(unit, held.keep()))
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw RefusedException.of(e);
    }
  }

  private static Namespace namespace(Durability durability) {
    Namespace plain = Namespace.DEFAULT;
    return new Namespace(
        "n",
        new ChannelPattern("*"),
        durability,
        new Namespace.Span(10_000, 600),
        plain.retentionDays(),
        plain.rewind(),
        plain.maxMessageBytes(),
        plain.open(),
        plain.clientPublish(),
        plain.presence(),
        plain.conflate(),
        plain.requireClientId());
  }

  @Override
  public void close() {
    broker.close();
    link.close();
    log.close();
    timer.shutdownNow();
  }
}
