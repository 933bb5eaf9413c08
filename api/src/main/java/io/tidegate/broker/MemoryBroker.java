package io.tidegate.broker;

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
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.trace.UnitTrace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a single node: windows and counters in memory. They survive nothing; after a
 * restart every channel begins a new epoch. Fan-out is a direct call, made under the channel's
 * monitor so that it keeps seq order.
 */
public final class MemoryBroker implements Broker {
  private static final long BUSY_RETRY_MILLIS = 1_000;

  private static final BrokerListener NOBODY =
      new BrokerListener() {
        @Override
        public void onMessages(
            ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {}

        @Override
        public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {}
      };

  private final InstantSource clock;
  private final long maxBytes;
  private final WindowChannels channels = new WindowChannels();
  private final Set<ChannelId> subscribed = ConcurrentHashMap.newKeySet();
  private final MemoryClaims claims = new MemoryClaims();
  private volatile BrokerListener listener = NOBODY;

  /**
   * @param maxBytes bound on all windows together; a publish beyond it is refused with OVERLOADED
   */
  public MemoryBroker(InstantSource clock, long maxBytes) {
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  static RefusedException overloaded(String detail) {
    return RefusedException.retryAfter(Refusal.OVERLOADED, detail, BUSY_RETRY_MILLIS);
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    if (keep.messages() > 0 && channels.bytes() + unit.weight() > maxBytes) {
      return CompletableFuture.failedFuture(overloaded("the windows of this node are full"));
    }
    try {
      return CompletableFuture.completedFuture(
          channels.with(
              unit.channel(), as(keep), clock.millis(), state -> publish(state, unit, keep)));
    } catch (RefusedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private Published publish(WindowChannel state, PublishUnit unit, Retention keep) {
    channels.requireNotLeft(unit.channel(), as(keep), clock.millis());
    Published published = state.publish(unit.drafts(), keep, clock.millis());
    UnitTrace trace = unit.trace();
    if (trace != null) {
      trace.committed(published.fresh().size());
    }
    if (!published.fresh().isEmpty()) {
      listener.onMessages(unit.channel(), published.epoch(), published.fresh(), trace);
    }
    return published;
  }

  private static Durability as(Retention keep) {
    return keep.messages() == 0 ? Durability.NONE : Durability.WINDOW;
  }

  @Override
  public void announce(
      ChannelId channel, Epoch epoch, List<Message> committed, @Nullable UnitTrace trace) {
    listener.onMessages(channel, epoch, committed, trace);
  }

  @Override
  public void announceEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {
    listener.onEpoch(channel, next, reason);
  }

  @Override
  public void listen(BrokerListener toListener) {
    listener = toListener;
  }

  @Override
  public CompletionStage<Void> subscribe(ChannelId channel) {
    subscribed.add(channel);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void unsubscribe(ChannelId channel) {
    channels.look(
        channel,
        state -> {
          state.open(clock.millis());
          return state;
        });
    subscribed.remove(channel);
  }

  @Override
  public boolean claim(String name, Duration ttl) {
    return claims.claim(name, ttl);
  }

  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    return channels.look(channel, state -> state.head(keep, clock.millis()));
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    long now = clock.millis();
    return channels.with(
        channel,
        as(keep),
        now,
        state -> {
          state.open(now);
          return state.head(keep, now);
        });
  }

  @Override
  public List<Message> readForward(ChannelId channel, long from, int limit, Retention keep) {
    return channels
        .look(channel, state -> state.forward(from, limit, keep, clock.millis()))
        .orElse(List.of());
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    return channels
        .look(channel, state -> state.backward(from, limit, keep, clock.millis()))
        .orElse(List.of());
  }

  @Override
  public long seqAt(ChannelId channel, long millis, Retention keep) {
    return channels.look(channel, state -> state.seqAt(millis, keep, clock.millis())).orElse(1L);
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    long now = clock.millis();
    if (channels.look(channel, WindowChannel::lastSeq).isEmpty()) {
      channels.requireNotLeft(channel, Durability.NONE, now);
    }
    return channels.with(
        channel, Durability.WINDOW, now, state -> state.renew(WindowChannels.newEpoch(), floorSeq));
  }

  @Override
  public long leave(TenantId tenant, ChannelId channel, Durability left) {
    return channels.leave(channel, left, clock.millis());
  }

  @Override
  public boolean shun(TenantId tenant, ChannelId channel, Durability old) {
    return channels.shun(channel, old, clock.millis());
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId channel, Durability as, long change, long floorSeq) {
    channels.arrive(channel, as, change);
    return channels.with(
        channel,
        as,
        clock.millis(),
        state -> state.arrive(as, change, WindowChannels.newEpoch(), floorSeq));
  }

  @Override
  public void supersede(TenantId tenant, ChannelId channel, Epoch outrun) {
    channels.ifKnown(channel, state -> state.supersede(outrun, WindowChannels.newEpoch()));
  }

  @Override
  public void forget(ChannelId channel) {
    channels.forget(channel);
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    return channels.list(app, prefix, after, limit);
  }

  /** Drops what is too old; called about once a second. */
  public void sweep() {
    channels.sweep(clock.millis(), subscribed::contains);
  }

  @Override
  public long windowBytes() {
    return channels.bytes();
  }

  @Override
  public void close() {
    listener = NOBODY;
  }
}
