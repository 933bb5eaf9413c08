package io.tidegate.broker;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The channels of {@link MemoryBroker}: found, made, listed and dropped here, and weighed together.
 * What is done with one is done under its monitor.
 */
final class WindowChannels {
  /** A counter lives so long after the last publish, and as long as there are subscribers. */
  private static final Duration COUNTER_LIFE = Duration.ofHours(24);

  /** More channels than this are refused: about 1 GB of empty counters. */
  private static final int MAX_CHANNELS = 2_000_000;

  private final AtomicLong bytes = new AtomicLong();
  private final ConcurrentHashMap<ChannelId, WindowChannel> channels = new ConcurrentHashMap<>();

  /** The same channels by app and name, for listing. */
  private final ConcurrentSkipListMap<String, ChannelId> sorted =
      new ConcurrentSkipListMap<>(ChannelName::compare);

  /** Until when channels have left a class, in ms; as many as move in two minutes. */
  private final ConcurrentHashMap<Left, Long> left = new ConcurrentHashMap<>();

  private record Left(ChannelId channel, Durability as) {}

  /** What all windows weigh. */
  long bytes() {
    return bytes.get();
  }

  /**
   * Does something with the channel, which begins now when there is none.
   *
   * @throws RefusedException OVERLOADED, RULES_UNKNOWN when there is none and it has left the class
   */
  <T> T with(ChannelId channel, Durability as, long now, Function<WindowChannel, T> action) {
    while (true) {
      WindowChannel state = channels.get(channel);
      if (state == null) {
        state = channels.computeIfAbsent(channel, id -> create(id, as, now));
      }
      synchronized (state) {
        if (channels.get(channel) == state) {
          return weighed(state, action);
        }
      }
    }
  }

  /** The same, unless there is none. */
  void ifKnown(ChannelId channel, Consumer<WindowChannel> action) {
    WindowChannel state = channels.get(channel);
    if (state == null) {
      return;
    }
    synchronized (state) {
      if (channels.get(channel) == state) {
        weighed(
            state,
            known -> {
              action.accept(known);
              return known;
            });
      }
    }
  }

  private <T> T weighed(WindowChannel state, Function<WindowChannel, T> action) {
    long before = state.bytes();
    try {
      return action.apply(state);
    } finally {
      bytes.addAndGet(state.bytes() - before);
    }
  }

  /** Looks at the channel; empty when there is none. */
  <T> Optional<T> look(ChannelId channel, Function<WindowChannel, T> at) {
    WindowChannel state = channels.get(channel);
    if (state == null) {
      return Optional.empty();
    }
    synchronized (state) {
      return Optional.of(at.apply(state));
    }
  }

  /**
   * From now on {@link #requireNotLeft} refuses; returns the last seq, 0 when there is none. What
   * began before is seen here, what begins later sees this: both are steps of the channel's bin.
   */
  long leave(ChannelId channel, Durability as, long now) {
    channels.compute(
        channel,
        (id, state) -> {
          left.put(new Left(id, as), now + ChannelStore.FENCE.toMillis());
          return state;
        });
    return look(channel, WindowChannel::lastSeq).orElse(0L);
  }

  /** The same for a channel that is not there; whether it is not of the class. */
  boolean shun(ChannelId channel, Durability as, long now) {
    WindowChannel known =
        channels.compute(
            channel,
            (id, state) -> {
              if (state == null) {
                left.put(new Left(id, as), now + ChannelStore.FENCE.toMillis());
              }
              return state;
            });
    return known == null || !look(channel, state -> state.is(as)).orElse(false);
  }

  /** Unless this change has brought it already: it may have left since. */
  void arrive(ChannelId channel, Durability as, long change) {
    if (!look(channel, state -> state.isHere(as, change)).orElse(false)) {
      left.remove(new Left(channel, as));
    }
  }

  /**
   * @throws RefusedException RULES_UNKNOWN
   */
  void requireNotLeft(ChannelId channel, Durability as, long now) {
    Long until = left.isEmpty() ? null : left.get(new Left(channel, as));
    if (until != null && until > now) {
      throw ChannelStore.left();
    }
  }

  void forget(ChannelId channel) {
    WindowChannel state = channels.get(channel);
    if (state != null) {
      synchronized (state) {
        remove(state);
      }
    }
  }

  List<ChannelName> list(AppId app, String prefix, String after, int limit) {
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

  /**
   * Drops what is too old, forgets what was left long ago, and channels of which nothing needs to
   * be known any more.
   */
  void sweep(long now, Predicate<ChannelId> inUse) {
    left.values().removeIf(until -> until <= now);
    for (WindowChannel state : channels.values()) {
      synchronized (state) {
        long before = state.bytes();
        state.sweep(now);
        bytes.addAndGet(state.bytes() - before);
        if (state.isIdle(now, COUNTER_LIFE.toMillis()) && !inUse.test(state.channel())) {
          remove(state);
        }
      }
    }
  }

  private WindowChannel create(ChannelId channel, Durability as, long now) {
    requireNotLeft(channel, as, now);
    if (channels.mappingCount() >= MAX_CHANNELS) {
      throw MemoryBroker.overloaded("this node holds no more channels");
    }
    sorted.put(sortKey(channel.app(), channel.name().value()), channel);
    return new WindowChannel(channel, as, new EpochStart(newEpoch(), 1), now);
  }

  private void remove(WindowChannel state) {
    channels.computeIfPresent(
        state.channel(),
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

  static Epoch newEpoch() {
    long random = UuidCreator.getRandomBased().getLeastSignificantBits();
    return new Epoch("w" + Long.toUnsignedString(random, 36));
  }
}
