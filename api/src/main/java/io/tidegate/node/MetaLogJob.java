package io.tidegate.node;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.metalog.RedisListeners;
import io.tidegate.redis.RedisLink;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import io.tidegate.tenant.App;
import io.tidegate.tenant.Directory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes what apps' logs are told into their channels, ten times a second. */
@Singleton
final class MetaLogJob implements ApplicationEventListener<ServerStartupEvent> {
  private static final int BEAT_MILLIS = 100;

  private final MetaLog log;
  private final Stores stores;
  private final ScheduledExecutorService timer;
  private final ExecutorService blocking;
  private final AtomicBoolean underWay = new AtomicBoolean();

  MetaLogJob(
      MetaLog log,
      Stores stores,
      @Named("node-timer") ScheduledExecutorService timer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.log = log;
    this.stores = stores;
    this.timer = timer;
    this.blocking = blocking;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    timer.scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    if (log.isHeard() && underWay.compareAndSet(false, true)) {
      blocking.execute(
          () -> {
            try {
              log.flush(this::write);
            } finally {
              underWay.set(false);
            }
          });
    }
  }

  private void write(AppId app, List<LogEvent> events) {
    ChannelId channel = new ChannelId(app, new ChannelName(ChannelName.META_LOG));
    List<Draft> drafts = events.stream().map(MetaLogJob::draft).toList();
    try (Stores.Publishing publishing = stores.publishing(channel)) {
      Held held = publishing.held();
      stores.broker().publish(new PublishUnit(held.tenant(), channel, drafts), held.keep());
    }
  }

  private static Draft draft(LogEvent event) {
    return new Draft(
        UUID.randomUUID().toString(),
        event.name(),
        event.json(),
        null,
        null,
        null,
        null,
        null,
        true);
  }

  /** Plain Java, put together for this node. */
  @Factory
  static final class Parts {
    @Singleton
    MetaLog log(Directory directory) {
      return new MetaLog(
          System::nanoTime, app -> directory.app(app).map(App::messagePreviews).orElse(false));
    }

    @Context
    @Requires(condition = Linked.class)
    RedisListeners listeners(
        RedisLink link, MetaLog log, @Named("node-timer") ScheduledExecutorService timer) {
      return new RedisListeners(link, log, timer);
    }
  }
}
