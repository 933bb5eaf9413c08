package io.tidegate.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a single node: windows and counters in memory. They survive nothing; after a
 * restart every channel begins a new epoch. Fan-out is a direct call, made under the channel's
 * monitor so that it keeps seq order.
 */
public final class MemoryBroker implements Broker {
  /** A counter lives so long after the last publish, and as long as there are subscribers. */
  private static final Duration COUNTER_LIFE = Duration.ofHours(24);

  /** More channels than this are refused: about 1 GB of empty counters. */
  private static final int MAX_CHANNELS = 2_000_000;

  /**
   * Names claimed at a time: tickets live 60 s, so this is 16,000 a second. More are refused: to
   * forget one early would make a ticket good twice.
   */
  private static final int MAX_CLAIMS = 1_000_000;

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
  private final AtomicLong bytes = new AtomicLong();
  private final ConcurrentHashMap<ChannelId, WindowChannel> channels = new ConcurrentHashMap<>();

  /** The same channels by app and name, for listing. */
  private final ConcurrentSkipListMap<String, ChannelId> sorted =
      new ConcurrentSkipListMap<>(ChannelName::compare);

  private final Set<ChannelId> subscribed = ConcurrentHashMap.newKeySet();
  private final Cache<String, Duration> claims =
      Caffeine.newBuilder()
          .expireAfter(Expiry.<String, Duration>creating((name, ttl) -> ttl))
          .build();

  private volatile BrokerListener listener = NOBODY;

  /**
   * @param maxBytes bound on all windows together; a publish beyond it is refused with OVERLOADED
   */
  public MemoryBroker(InstantSource clock, long maxBytes) {
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<Published> publish(PublishUnit unit, Retention keep) {
    if (keep.messages() > 0 && bytes.get() + unit.weight() > maxBytes) {
      return CompletableFuture.failedFuture(
          RefusedException.retryAfter(
              Refusal.OVERLOADED, "the windows of this node are full", BUSY_RETRY_MILLIS));
    }
    try {
      return CompletableFuture.completedFuture(
          with(
              unit.channel(),
              state -> {
                Published published = state.publish(unit.drafts(), keep, clock.millis());
                UnitTrace trace = unit.trace();
                if (trace != null) {
                  trace.committed(published.fresh().size());
                }
                if (!published.fresh().isEmpty()) {
                  listener.onMessages(unit.channel(), published.epoch(), published.fresh(), trace);
                }
                return published;
              }));
    } catch (RefusedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
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
    WindowChannel state = channels.get(channel);
    if (state != null) {
      synchronized (state) {
        state.open(clock.millis());
      }
    }
    subscribed.remove(channel);
  }

  @Override
  public boolean claim(String name, Duration ttl) {
    if (claims.estimatedSize() >= MAX_CLAIMS) {
      throw RefusedException.retryAfter(
          Refusal.OVERLOADED, "too many tickets are in use", BUSY_RETRY_MILLIS);
    }
    return claims.asMap().putIfAbsent(name, ttl) == null;
  }

  @Override
  public Optional<Head> head(ChannelId channel, Retention keep) {
    WindowChannel state = channels.get(channel);
    if (state == null) {
      return Optional.empty();
    }
    synchronized (state) {
      return Optional.of(state.head(keep, clock.millis()));
    }
  }

  @Override
  public Head open(TenantId tenant, ChannelId channel, Retention keep) {
    return with(
        channel,
        state -> {
          state.open(clock.millis());
          return state.head(keep, clock.millis());
        });
  }

  @Override
  public List<Message> readForward(ChannelId channel, long from, int limit, Retention keep) {
    WindowChannel state = channels.get(channel);
    if (state == null) {
      return List.of();
    }
    synchronized (state) {
      return state.forward(from, limit, keep, clock.millis());
    }
  }

  @Override
  public List<Message> readBackward(ChannelId channel, long from, int limit, Retention keep) {
    WindowChannel state = channels.get(channel);
    if (state == null) {
      return List.of();
    }
    synchronized (state) {
      return state.backward(from, limit, keep, clock.millis());
    }
  }

  @Override
  public long seqAt(ChannelId channel, long millis, Retention keep) {
    WindowChannel state = channels.get(channel);
    if (state == null) {
      return 1;
    }
    synchronized (state) {
      return state.seqAt(millis, keep, clock.millis());
    }
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId channel, long floorSeq) {
    return with(channel, state -> state.renew(newEpoch(), floorSeq));
  }

  @Override
  public void forget(ChannelId channel) {
    WindowChannel state = channels.get(channel);
    if (state != null) {
      synchronized (state) {
        remove(state);
      }
    }
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    String ofApp = sortKey(app, "");
    String from = sortKey(app, ChannelName.compare(after, prefix) > 0 ? after : prefix);
    List<ChannelName> found = new ArrayList<>();
    for (var entry : sorted.tailMap(from).entrySet()) {
      if (found.size() == limit || !entry.getKey().startsWith(ofApp + prefix)) {
        break;
      }
      if (!entry.getValue().name().value().equals(after)) {
        found.add(entry.getValue().name());
      }
    }
    return found;
  }

  /** Drops what is too old; called about once a second. */
  public void sweep() {
    long now = clock.millis();
    for (WindowChannel state : channels.values()) {
      synchronized (state) {
        long before = state.bytes();
        state.sweep(now);
        bytes.addAndGet(state.bytes() - before);
        if (state.isIdle(now, COUNTER_LIFE.toMillis()) && !subscribed.contains(state.channel())) {
          remove(state);
        }
      }
    }
  }

  @Override
  public long windowBytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    listener = NOBODY;
  }

  /** Runs with the channel's monitor; makes the channel when there is none. */
  private <T> T with(ChannelId channel, Function<WindowChannel, T> action) {
    while (true) {
      WindowChannel state = channels.computeIfAbsent(channel, this::create);
      synchronized (state) {
        if (channels.get(channel) == state) {
          long before = state.bytes();
          try {
            return action.apply(state);
          } finally {
            bytes.addAndGet(state.bytes() - before);
          }
        }
      }
    }
  }

  private WindowChannel create(ChannelId channel) {
    if (channels.mappingCount() >= MAX_CHANNELS) {
      throw RefusedException.retryAfter(
          Refusal.OVERLOADED, "this node holds no more channels", BUSY_RETRY_MILLIS);
    }
    sorted.put(sortKey(channel.app(), channel.name().value()), channel);
    return new WindowChannel(channel, new EpochStart(newEpoch(), 1), clock.millis());
  }

  private void remove(WindowChannel state) {
    ChannelId channel = state.channel();
    channels.computeIfPresent(
        channel,
        (id, held) -> {
          if (held != state) {
            return held;
          }
          sorted.remove(sortKey(id.app(), id.name().value()));
          bytes.addAndGet(-state.bytes());
          return null;
        });
  }

  private static String sortKey(AppId app, String name) {
    return app.value() + '\0' + name;
  }

  private static Epoch newEpoch() {
    long random = UuidCreator.getRandomBased().getLeastSignificantBits();
    return new Epoch("w" + Long.toUnsignedString(random, 36));
  }
}
