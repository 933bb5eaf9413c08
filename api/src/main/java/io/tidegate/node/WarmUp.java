package io.tidegate.node;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Head;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Position;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.hub.Batch;
import io.tidegate.hub.Hub;
import io.tidegate.hub.Start;
import io.tidegate.hub.Subscriber;
import io.tidegate.hub.Subscription;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.App;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.DirectoryListener;
import io.tidegate.tenant.Key;
import io.tidegate.tenant.Limits;
import io.tidegate.usage.Meters;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fan-out with nobody behind it, before the node says that it is ready: the code of the hot path
 * is loaded and compiled by then, so that the first real message is not the slow one.
 */
final class WarmUp {
  private static final int MESSAGES = 3_000;
  private static final int SUBSCRIBERS = 8;
  private static final int MAX_SECONDS = 5;

  private WarmUp() {}

  static void run() {
    DefaultEventLoop executor = new DefaultEventLoop();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor()) {
      TenantId tenant = new TenantId(new UUID(0, 0));
      ChannelId channel = new ChannelId(new AppId("1"), new ChannelName("warm-up"));
      Directory directory = new OneApp(new App(channel.app(), tenant, "warm-up", List.of()));
      MemoryBroker broker = new MemoryBroker(InstantSource.system(), Long.MAX_VALUE);
      Stores stores = new Stores(directory, broker, new MemoryMessageLog());
      Hub hub =
          new Hub(
              broker, new Replay(stores, blocking, InstantSource.system()), new Meters(), timer);
      broker.listen(hub);
      CountDownLatch begun = new CountDownLatch(SUBSCRIBERS);
      CountDownLatch done = new CountDownLatch(SUBSCRIBERS * MESSAGES);
      for (int i = 0; i < SUBSCRIBERS; i++) {
        Sink sink = new Sink(begun, done);
        executor.execute(
            () -> hub.subscribe(channel, hub.loop(executor), sink, new Start.Live(), false));
      }
      await(begun);
      byte[] data = "{\"warm\":\"up\"}".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < MESSAGES; i++) {
        Draft draft = new Draft("w" + i, "warm-up", data, null, null, null, null, null);
        broker.publish(new PublishUnit(tenant, channel, List.of(draft)), new Retention(100, 60));
      }
      await(done);
    } finally {
      timer.shutdownNow();
      executor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      // Not warm in time is slower, not wrong.
      boolean inTime = latch.await(MAX_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        org.slf4j.LoggerFactory.getLogger(WarmUp.class).warn("the warm-up was cut short");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes everything and throws it away. */
  private record Sink(CountDownLatch begun, CountDownLatch done) implements Subscriber {
    private static final WireFormat FORMAT = new Lines();

    @Override
    public void onSubscribed(
        Subscription subscription, Position at, Head.Resume.@Nullable Lost lost) {
      begun.countDown();
    }

    @Override
    public void onFailed(Subscription subscription, RefusedException refused) {
      begun.countDown();
    }

    @Override
    public boolean onBatch(Subscription subscription, Batch batch) {
      batch.bytes(FORMAT).release();
      for (int i = 0; i < batch.size(); i++) {
        done.countDown();
      }
      return true;
    }

    @Override
    public void onJump(
        Subscription subscription,
        Position from,
        Position to,
        String reason,
        @Nullable Long missed) {}

    @Override
    public void onReady(Subscription subscription) {}

    @Override
    public void onFault(Throwable fault) {
      begun.countDown();
    }

    @Override
    public boolean needsFlush() {
      return false;
    }

    @Override
    public void flush() {}
  }

  /** A directory of one app without keys or rules. */
  private record OneApp(App only) implements Directory {
    @Override
    public Optional<App> app(AppId app) {
      return Optional.of(only);
    }

    @Override
    public Optional<Key> key(KeyName name) {
      return Optional.empty();
    }

    @Override
    public AppRules rules(AppId app) {
      return AppRules.EMPTY;
    }

    @Override
    public Limits limits(TenantId tenant) {
      return Limits.INITIAL;
    }

    @Override
    public List<AppId> apps(TenantId tenant) {
      return List.of(only.id());
    }

    @Override
    public List<AppId> unsettled() {
      return List.of();
    }

    @Override
    public void settle(AppId app, long change) {}

    @Override
    public void listen(DirectoryListener listener) {}
  }

  /** JSON, one message after the other. */
  private static final class Lines implements WireFormat {
    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public void write(EncodedMessage message, ByteBuf out) {
      out.writeBytes(message.json());
    }

    @Override
    public void write(ServerEvent event, ByteBuf out) {}
  }
}
