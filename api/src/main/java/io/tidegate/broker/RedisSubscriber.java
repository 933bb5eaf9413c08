package io.tidegate.broker;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.tidegate.redis.RedisServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node is subscribed to at one server, over one connection. Changes are gathered while
 * one is under way, so that thousands leave in a few commands. A lost connection is made anew and
 * everything subscribed again; whoever waited meanwhile is let go on, as the trail tells what was
 * missed. Guarded by its monitor, which is never held in a call back.
 */
final class RedisSubscriber {
  /** Names per command. */
  private static final int BATCH = 500;

  private static final int SILENT_MILLIS = 2_000;
  private static final Logger LOG = LoggerFactory.getLogger(RedisSubscriber.class);

  private final RedisServers servers;
  private final RedisURI server;
  private final BiConsumer<String, byte[]> messages;
  private final Runnable gap;
  private final Map<String, CompletableFuture<Void>> wanted = new HashMap<>();
  private final Set<String> confirmed = new HashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;
  private boolean connecting;
  private boolean underWay;
  private boolean closed;

  /** Since the connection was made, not everything has been confirmed yet. */
  private boolean catchingUp;

  private @Nullable CompletionStage<?> ping;
  private long heardNanos;
  private long beatNanos = System.nanoTime();

  /**
   * @param messages told what a channel's base was published to
   * @param gap told when everything is subscribed again after something may have been missed
   */
  RedisSubscriber(
      RedisServers servers, RedisURI server, BiConsumer<String, byte[]> messages, Runnable gap) {
    this.servers = servers;
    this.server = server;
    this.messages = messages;
    this.gap = gap;
  }

  /** Completes when messages of it arrive; at once when the server is away. */
  CompletionStage<Void> add(String base) {
    CompletableFuture<Void> carried;
    synchronized (this) {
      carried = wanted.computeIfAbsent(base, name -> new CompletableFuture<>());
      if (connection == null && !connecting) {
        carried.complete(null);
      }
      changed.add(base);
    }
    flush();
    return carried;
  }

  void drop(String base) {
    synchronized (this) {
      CompletableFuture<Void> waiting = wanted.remove(base);
      if (waiting != null) {
        waiting.complete(null);
      }
      changed.add(base);
    }
    flush();
  }

  synchronized boolean isEmpty() {
    return wanted.isEmpty();
  }

  synchronized boolean isUp() {
    return connection != null && !catchingUp;
  }

  /** Called by the clock, every {@link RedisBroker#BEAT_MILLIS}. */
  void beat() {
    StatefulRedisPubSubConnection<String, byte[]> silent = null;
    synchronized (this) {
      stoodStill();
      StatefulRedisPubSubConnection<String, byte[]> current = connection;
      if (current == null) {
        connect();
        return;
      }
      if (ping == null || ping.toCompletableFuture().isDone()) {
        ping = current.async().ping().whenComplete((pong, failure) -> ponged(current, failure));
      }
      if (System.nanoTime() - heardNanos > TimeUnit.MILLISECONDS.toNanos(SILENT_MILLIS)) {
        silent = current;
      }
    }
    if (silent != null) {
      LOG.warn("Redis is silent to subscriptions: connecting again");
      lost(silent);
    }
    flush();
  }

  /** In the time by which a beat is late nobody was asked, so that nobody can have been heard. */
  private void stoodStill() {
    long now = System.nanoTime();
    long late = now - beatNanos - TimeUnit.MILLISECONDS.toNanos(RedisBroker.BEAT_MILLIS);
    beatNanos = now;
    heardNanos += Math.max(0, late);
  }

  void close() {
    StatefulRedisPubSubConnection<String, byte[]> last;
    synchronized (this) {
      closed = true;
      last = connection;
    }
    if (last != null) {
      lost(last);
    }
  }

  private synchronized void ponged(Object from, @Nullable Throwable failure) {
    if (connection == from && failure == null) {
      heardNanos = System.nanoTime();
    }
  }

  private void connect() {
    if (connecting || closed) {
      return;
    }
    connecting = true;
    servers
        .subscribe(server)
        .whenComplete(
            (fresh, failure) -> {
              List<CompletableFuture<Void>> waiting = connected(failure == null ? fresh : null);
              waiting.forEach(one -> one.complete(null));
              flush();
            });
  }

  /** Who need not wait any longer, as there is nothing to wait for. */
  private synchronized List<CompletableFuture<Void>> connected(
      @Nullable StatefulRedisPubSubConnection<String, byte[]> fresh) {
    connecting = false;
    if (fresh != null && !closed) {
      begin(fresh);
      return List.of();
    }
    if (fresh != null) {
      fresh.closeAsync();
    }
    return List.copyOf(wanted.values());
  }

  private void begin(StatefulRedisPubSubConnection<String, byte[]> fresh) {
    connection = fresh;
    heardNanos = System.nanoTime();
    ping = null;
    underWay = false;
    catchingUp = true;
    confirmed.clear();
    changed.clear();
    changed.addAll(wanted.keySet());
    fresh.addListener(
        new RedisPubSubAdapter<String, byte[]>() {
          @Override
          public void message(String base, byte[] bytes) {
            messages.accept(base, bytes);
          }

          @Override
          public void smessage(String base, byte[] bytes) {
            messages.accept(base, bytes);
          }

          @Override
          public void sunsubscribed(String base, long count) {
            moved(base);
          }
        });
    fresh.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            lost(fresh);
          }
        });
  }

  /** The server has let go of a channel by itself: its slot is another's now. */
  private synchronized void moved(String base) {
    if (wanted.containsKey(base) && confirmed.remove(base)) {
      changed.add(base);
      catchingUp = true;
      servers.refresh();
    }
  }

  private void lost(StatefulRedisPubSubConnection<String, byte[]> gone) {
    List<CompletableFuture<Void>> waiting;
    synchronized (this) {
      if (connection != gone) {
        return;
      }
      connection = null;
      waiting = new ArrayList<>(wanted.values());
    }
    gone.closeAsync();
    waiting.forEach(one -> one.complete(null));
  }

  private void flush() {
    List<String> adding = new ArrayList<>();
    List<String> dropping = new ArrayList<>();
    RedisPubSubAsyncCommands<String, byte[]> commands;
    Object current;
    boolean caughtUp = false;
    synchronized (this) {
      if (connection == null || underWay) {
        return;
      }
      current = connection;
      commands = connection.async();
      take(adding, dropping);
      underWay = !adding.isEmpty() || !dropping.isEmpty();
      if (!underWay && catchingUp) {
        catchingUp = false;
        caughtUp = true;
      }
    }
    if (caughtUp) {
      gap.run();
    }
    if (!dropping.isEmpty()) {
      String[] names = dropping.toArray(String[]::new);
      if (servers.isCluster()) {
        commands.sunsubscribe(names);
      } else {
        commands.unsubscribe(names);
      }
    }
    if (!adding.isEmpty()) {
      String[] names = adding.toArray(String[]::new);
      (servers.isCluster() ? commands.ssubscribe(names) : commands.subscribe(names))
          .whenComplete((done, failure) -> added(current, adding, failure));
    } else if (!dropping.isEmpty()) {
      added(current, adding, null);
    }
  }

  /** What differs from what the server knows; of one partition at a time, as a cluster wants it. */
  private void take(List<String> adding, List<String> dropping) {
    String tag = null;
    Iterator<String> next = changed.iterator();
    while (next.hasNext() && adding.size() < BATCH && dropping.size() < BATCH) {
      String base = next.next();
      String of = base.substring(0, base.indexOf('}'));
      if (servers.isCluster() && tag != null && !of.equals(tag)) {
        continue;
      }
      boolean want = wanted.containsKey(base);
      if (want != confirmed.contains(base)) {
        tag = of;
        (want ? adding : dropping).add(base);
        if (!want) {
          confirmed.remove(base);
        }
      }
      next.remove();
    }
  }

  private void added(Object on, List<String> bases, @Nullable Throwable failure) {
    List<CompletableFuture<Void>> carried = new ArrayList<>();
    synchronized (this) {
      if (connection != on) {
        return;
      }
      underWay = false;
      for (String base : bases) {
        CompletableFuture<Void> waiting = wanted.get(base);
        if (failure == null) {
          confirmed.add(base);
          if (waiting == null) {
            changed.add(base);
          } else {
            carried.add(waiting);
          }
        } else if (waiting != null) {
          changed.add(base);
          catchingUp = true;
        }
      }
    }
    carried.forEach(one -> one.complete(null));
    if (failure == null) {
      flush();
    } else {
      // Another server's by now, or none's: who holds what is looked at again before the next beat.
      LOG.debug("not subscribed", failure);
      servers.refresh();
    }
  }
}
