package io.tidegate.broker;

import io.lettuce.core.RedisURI;
import io.tidegate.channel.ChannelId;
import io.tidegate.redis.RedisServers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels this node is subscribed to, each at the server that holds its partition. Partitions
 * that move in a cluster are followed. Guarded by its monitor.
 */
final class RedisSubscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(RedisSubscriptions.class);

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final RedisServers servers;
  private final long own;
  private final BiConsumer<ChannelId, Envelope> listener;
  private final Runnable gap;
  private final Consumer<ChannelId> presence;
  private final ConcurrentHashMap<String, ChannelId> channels = new ConcurrentHashMap<>();
  private final Map<Integer, Set<String>> byPartition = new HashMap<>();
  private final Map<Integer, RedisSubscriber> holders = new HashMap<>();
  private final Map<RedisURI, RedisSubscriber> subscribers = new HashMap<>();

  /** When the log last said that something is left out; nanoTime. */
  private final AtomicLong told = new AtomicLong(System.nanoTime() - 2 * TELL_NANOS);

  /**
   * @param own the origin of what this node has heard already
   */
  RedisSubscriptions(
      RedisServers servers,
      long own,
      BiConsumer<ChannelId, Envelope> listener,
      Runnable gap,
      Consumer<ChannelId> presence) {
    this.servers = servers;
    this.own = own;
    this.listener = listener;
    this.gap = gap;
    this.presence = presence;
  }

  synchronized CompletionStage<Void> add(RedisChannel channel) {
    channels.put(channel.base(), channel.channel());
    byPartition.computeIfAbsent(channel.partition(), p -> new HashSet<>()).add(channel.base());
    RedisSubscriber holder = holder(channel.partition());
    return holder == null ? CompletableFuture.completedFuture(null) : holder.add(channel.base());
  }

  synchronized void drop(RedisChannel channel) {
    channels.remove(channel.base());
    Set<String> bases = byPartition.get(channel.partition());
    if (bases != null) {
      bases.remove(channel.base());
    }
    RedisSubscriber holder = holders.get(channel.partition());
    if (holder != null) {
      holder.drop(channel.base());
    }
  }

  boolean contains(String base) {
    return channels.containsKey(base);
  }

  /** The bases subscribed to, of one partition. */
  synchronized Set<String> of(int partition) {
    return Set.copyOf(byPartition.getOrDefault(partition, Set.of()));
  }

  synchronized boolean isUp() {
    return subscribers.values().stream().allMatch(RedisSubscriber::isUp);
  }

  /** Called by the clock: looks after connections, and follows partitions that moved. */
  synchronized void beat() {
    byPartition.forEach(
        (partition, bases) -> {
          RedisSubscriber before = holders.get(partition);
          RedisSubscriber after = holder(partition);
          if (after != before && after != null) {
            for (String base : bases) {
              if (before != null) {
                before.drop(base);
              }
              after.add(base);
            }
          }
        });
    subscribers
        .values()
        .removeIf(
            one -> {
              boolean idle = one.isEmpty() && !holders.containsValue(one);
              if (idle) {
                one.close();
              }
              return idle;
            });
    subscribers.values().forEach(RedisSubscriber::beat);
  }

  synchronized void close() {
    subscribers.values().forEach(RedisSubscriber::close);
    subscribers.clear();
  }

  private @Nullable RedisSubscriber holder(int partition) {
    RedisURI server = servers.of(RedisChannel.slot(partition));
    if (server == null) {
      return holders.get(partition);
    }
    RedisSubscriber holder = subscribers.get(server);
    if (holder == null) {
      holder = new RedisSubscriber(servers, server, this::heard, gap);
      subscribers.put(server, holder);
      holder.beat();
    }
    holders.put(partition, holder);
    return holder;
  }

  private void heard(String base, byte[] bytes) {
    ChannelId channel = channels.get(base);
    if (channel == null || Envelope.origin(bytes) == own) {
      return;
    }
    try {
      if (Envelope.isOfPresence(bytes)) {
        presence.accept(channel);
        return;
      }
      listener.accept(channel, Envelope.read(bytes));
    } catch (RuntimeException e) {
      // Of a later version, or a fault of a listener: the trail says that something is missing.
      leftOut(e);
    }
  }

  /** A release that nobody here can read yet sends thousands a second. */
  private void leftOut(RuntimeException why) {
    long now = System.nanoTime();
    long before = told.get();
    if (now - before > TELL_NANOS && told.compareAndSet(before, now)) {
      LOG.warn("messages of another node are left out, to be read later; the first one", why);
    }
  }
}
