package io.tidegate.broker;

import com.github.f4b6a3.uuid.UuidCreator;
import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import io.tidegate.trace.UnitTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker of several nodes: windows and counters in Redis, fan-out by its pub/sub, sharded in a
 * cluster. What is numbered, kept and fanned out is one script; what a node was not told, it finds
 * in the partition's trail.
 */
public final class RedisBroker implements Broker {
  static final int BEAT_MILLIS = 250;

  /** Counters of channels with subscribers are kept for twice as long each time. */
  private static final int TOUCH_MINUTES = 5;

  private static final int TOUCHED_AT_ONCE = 500;
  private static final RedisScript TOUCH = RedisScript.of("channel", "touch");
  private static final Logger LOG = LoggerFactory.getLogger(RedisBroker.class);

  private static final BrokerListener NOBODY =
      new BrokerListener() {
        @Override
        public void onMessages(
            ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {}

        @Override
        public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {}
      };

  /** What this node publishes by itself it hears at once, and not again from the server. */
  private final long origin = UuidCreator.getRandomBased().getMostSignificantBits();

  private final RedisLink link;
  private final RedisArguments arguments;
  private final RedisWindows windows;
  private final RedisClaims claims;
  private final RedisSubscriptions subscriptions;
  private final List<RedisLane> lanes;
  private final List<? extends Future<?>> upkeep;
  private volatile BrokerListener listener = NOBODY;
  private volatile Runnable gap = () -> {};
  private volatile Consumer<ChannelId> presence = channel -> {};

  /**
   * @param away makes claims while Redis does not answer
   */
  public RedisBroker(RedisLink link, ScheduledExecutorService timer, Claims away) {
    this(link, timer, away, () -> 0);
  }

  /**
   * @param aheadMillis added to the server's clock: tests let time pass with it
   */
  RedisBroker(
      RedisLink link, ScheduledExecutorService timer, Claims away, LongSupplier aheadMillis) {
    this.link = link;
    this.claims = new RedisClaims(link, away);
    this.arguments = RedisArguments.of(aheadMillis, link.servers().isCluster());
    this.windows = new RedisWindows(link, arguments);
    this.subscriptions =
        new RedisSubscriptions(
            link.servers(), origin, this::heard, () -> gap.run(), one -> presence.accept(one));
    this.lanes =
        IntStream.range(0, RedisChannel.PARTITIONS)
            .mapToObj(partition -> new RedisLane(link, arguments, partition))
            .toList();
    this.upkeep =
        List.of(
            timer.scheduleWithFixedDelay(
                guarded(subscriptions::beat), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS),
            timer.scheduleWithFixedDelay(
                guarded(this::touch), TOUCH_MINUTES, TOUCH_MINUTES, TimeUnit.MINUTES));
  }

  /** Calls when hints may have been missed, and every channel is carried again. */
  public void onGap(Runnable repair) {
    gap = repair;
  }

  /** Calls when a subscribed channel's presence may have changed; must not wait. */
  public void onPresence(Consumer<ChannelId> changed) {
    presence = changed;
  }

  /** Whether hints arrive as they should. */
  public boolean isHealthy() {
    return link.isUp() && subscriptions.isUp();
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    RedisChannel channel = RedisChannel.of(unit.channel());
    return lanes.get(channel.partition()).publish(channel, unit, keep);
  }

  @Override
  public void announce(
      ChannelId channel, Epoch epoch, List<Message> committed, @Nullable UnitTrace trace) {
    listener.onMessages(channel, epoch, committed, trace);
    tell(channel, Envelope.of(origin, epoch, committed));
  }

  @Override
  public void announceEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    listener.onEpoch(channel, next, reason);
    tell(channel, Envelope.of(origin, next, reason));
  }

  /** A hint: whoever misses it finds out by the trail. */
  private void tell(ChannelId channel, byte[] envelope) {
    String base = RedisChannel.of(channel).base();
    boolean sharded = link.servers().isCluster();
    link.ask(
            commands ->
                sharded ? commands.spublish(base, envelope) : commands.publish(base, envelope))
        .whenComplete(
            (heard, failure) -> {
              if (failure != null) {
                LOG.debug("not announced", failure);
              }
            });
  }

  private void heard(ChannelId channel, Envelope envelope) {
    switch (envelope) {
      case Envelope.Run run -> listener.onMessages(channel, run.epoch(), run.messages(), null);
      case Envelope.Beginning one -> listener.onEpoch(channel, one.next(), one.reason());
    }
  }

  @Override
  public void listen(BrokerListener toListener) {
    listener = toListener;
  }

  @Override
  public CompletionStage<Void> subscribe(ChannelId channel) {
    return subscriptions.add(RedisChannel.of(channel));
  }

  @Override
  public void unsubscribe(ChannelId channel) {
    subscriptions.drop(RedisChannel.of(channel));
  }

  @Override
  public boolean claim(String name, Duration ttl) {
    return claims.claim(name, ttl);
  }

  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    return windows.head(channel, keep);
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return windows.open(channel, keep);
  }

  @Override
  public List<Message> readForward(ChannelId channel, long from, int limit, Retention keep) {
    return windows.forward(channel, from, limit, keep);
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    return windows.backward(channel, from, limit, keep);
  }

  @Override
  public long seqAt(ChannelId channel, long millis, Retention keep) {
    return windows.seqAt(channel, millis, keep);
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return windows.renew(channel, floorSeq);
  }

  @Override
  public long leave(TenantId tenant, ChannelId channel, Durability left) {
    return windows.leave(channel, left);
  }

  @Override
  public boolean shun(TenantId tenant, ChannelId channel, Durability old) {
    return windows.shun(channel, old);
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    return windows.arrive(channel, as, change, floorSeq);
  }

  @Override
  public void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    windows.supersede(channel, outrun);
  }

  @Override
  public void forget(ChannelId channel) {
    windows.forget(channel);
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return windows.list(app, prefix, after, limit);
  }

  @Override
  public long windowBytes() {
    return 0;
  }

  @Override
  public void close() {
    upkeep.forEach(task -> task.cancel(false));
    subscriptions.close();
  }

  private void touch() {
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      List<String> bases = new ArrayList<>(subscriptions.of(partition));
      for (int from = 0; from < bases.size(); from += TOUCHED_AT_ONCE) {
        List<String> some = bases.subList(from, Math.min(bases.size(), from + TOUCHED_AT_ONCE));
        List<byte[]> args = arguments.begin();
        args.add(RedisArguments.of(TimeUnit.MINUTES.toMillis(2 * TOUCH_MINUTES)));
        link.eval(TOUCH, ScriptOutputType.INTEGER, some, args.toArray(byte[][]::new));
      }
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("upkeep of the broker failed, it goes on", e);
      }
    };
  }

  static String newEpoch() {
    long random = UuidCreator.getRandomBased().getLeastSignificantBits();
    return new Epoch("w" + Long.toUnsignedString(random, 36)).value();
  }
}
