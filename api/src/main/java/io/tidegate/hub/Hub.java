package io.tidegate.hub;

import io.netty.util.concurrent.EventExecutor;
import io.tidegate.broker.Broker;
import io.tidegate.broker.BrokerListener;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.store.Replay;
import io.tidegate.trace.UnitTrace;
import io.tidegate.usage.Meter;
import io.tidegate.usage.Meters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on this node, and where messages come in from the broker. One feed lives as long as
 * its channel has a subscription here.
 */
public final class Hub implements BrokerListener {
  private final Replay replay;
  private final ScheduledExecutorService timer;
  private final ConcurrentHashMap<ChannelId, Feed> feeds = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<EventExecutor, FanoutLoop> loops = new ConcurrentHashMap<>();
  private final Broker broker;
  private final Meters meters;

  /** Told behind a channel's last subscription here. */
  private volatile Consumer<ChannelId> onVacated = channel -> {};

  public Hub(Broker broker, Replay replay, Meters meters, ScheduledExecutorService timer) {
    this.broker = broker;
    this.replay = replay;
    this.meters = meters;
    this.timer = timer;
  }

  /** The fan-out state of an event loop; made on first use. As many as there are event loops. */
  public FanoutLoop loop(EventExecutor executor) {
    return loops.computeIfAbsent(executor, FanoutLoop::new);
  }

  /** Calls, on any thread, when a channel has no subscription here any more; must not wait. */
  public void onVacated(Consumer<ChannelId> listener) {
    onVacated = listener;
  }

  public Iterable<FanoutLoop> loops() {
    return loops.values();
  }

  /**
   * Begins a subscription, on the subscriber's loop; {@link Subscriber#onSubscribed} or {@link
   * Subscriber#onFailed} follows, at once or later. Trusts its caller: rights and limits have been
   * checked, and the client has no other subscription of this channel.
   */
  public Subscription subscribe(
      ChannelId channel, FanoutLoop loop, Subscriber subscriber, Start start, boolean conflate) {
    while (true) {
      Feed feed = feeds.computeIfAbsent(channel, this::open);
      Shard shard = feed.join(loop);
      if (shard != null) {
        Subscription subscription = new Subscription(shard, subscriber, start, conflate);
        shard.add(subscription);
        if (feed.begins()) {
          start(feed);
        }
        return subscription;
      }
      feeds.remove(channel, feed);
    }
  }

  private Feed open(ChannelId channel) {
    Meter meter = meters.of(channel.app());
    meter.occupied();
    return new Feed(channel, this, broker.subscribe(channel), meter);
  }

  /**
   * Reads where the channel is. Only when the feed is in the map: a message before that finds
   * nobody and must be in what is read, one after it is held by the feed.
   */
  private void start(Feed feed) {
    feed.carried()
        .thenCompose(confirmed -> replay.head(feed.channel()))
        .whenComplete(
            (head, failure) -> {
              if (failure == null) {
                feed.start(head);
              } else {
                failed(feed, failure);
              }
            });
  }

  private void failed(Feed feed, Throwable failure) {
    closed(feed);
    feed.failStart(failure);
  }

  void closed(Feed feed) {
    // Within the map, so that a new feed of the channel subscribes after this.
    feeds.computeIfPresent(
        feed.channel(),
        (channel, current) -> {
          if (current != feed) {
            return current;
          }
          broker.unsubscribe(channel);
          feed.meter().vacated();
          return null;
        });
    // Behind it, so that whoever looks sees it gone.
    onVacated.accept(feed.channel());
  }

  @Override
  public void onMessages(
      ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
    Feed feed = feeds.get(channel);
    if (feed != null) {
      feed.onMessages(epoch, messages, trace);
    }
  }

  @Override
  public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    Feed feed = feeds.get(channel);
    if (feed != null) {
      feed.onEpoch(next, reason);
    }
  }

  /**
   * The trail of a store has come to there: a feed that has not will ask the store, unless what it
   * misses is on its way. True when there is such a feed.
   */
  public boolean seen(ChannelId channel, Position at) {
    Feed feed = feeds.get(channel);
    return feed != null && feed.seen(at);
  }

  /**
   * A store was asked where the channel is, null: it does not know it. A feed that is somewhere
   * else will ask the store what lies between. True when there is such a feed.
   */
  public boolean compare(ChannelId channel, @Nullable Position at) {
    Feed feed = feeds.get(channel);
    return feed != null && feed.compare(at);
  }

  /**
   * Every subscription of a channel on this node, each on its own loop, one loop after the other:
   * completes behind the last.
   */
  public CompletionStage<Void> visit(ChannelId channel, Consumer<Subscription> visitor) {
    Feed feed = feeds.get(channel);
    return feed == null ? CompletableFuture.completedFuture(null) : feed.visit(visitor);
  }

  /** Every channel with a subscription here. */
  public void occupied(Consumer<ChannelId> visitor) {
    feeds.keySet().forEach(visitor);
  }

  /** The same, and how many. */
  public void occupied(ObjIntConsumer<ChannelId> visitor) {
    feeds.forEach((channel, feed) -> visitor.accept(channel, feed.subscribers()));
  }

  /** How many subscriptions a channel has on this node. */
  public int subscribers(ChannelId channel) {
    Feed feed = feeds.get(channel);
    return feed == null ? 0 : feed.subscribers();
  }

  /** Every channel of the app with a subscription here, and how many. */
  public void occupied(AppId app, BiConsumer<ChannelId, Integer> visitor) {
    feeds.forEach(
        (channel, feed) -> {
          if (channel.app().equals(app)) {
            visitor.accept(channel, feed.subscribers());
          }
        });
  }

  public int channels() {
    return feeds.size();
  }

  Replay replay() {
    return replay;
  }

  void later(Runnable repair, long millis) {
    timer.schedule(repair, millis, TimeUnit.MILLISECONDS);
  }
}
