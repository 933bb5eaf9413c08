package io.tidegate.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's commands to Redis, over one connection (to each primary). Watches it: a server that
 * does not answer for {@value #SILENT_MILLIS} ms is down, and what is asked then is refused at
 * once; a connection that stays silent is replaced. Time in which this process stood still does not
 * count: nobody could have been heard. Starts and goes on without a server.
 */
public final class RedisLink implements AutoCloseable {
  /** A script that has not answered by then may or may not have run. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);

  private static final int SILENT_MILLIS = 1_500;
  private static final int BEAT_MILLIS = 250;
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

  private final RedisServers servers;
  private final ScheduledExecutorService timer;
  private final long silentMillis;
  private final List<Runnable> lost = new CopyOnWriteArrayList<>();
  private final List<Runnable> returned = new CopyOnWriteArrayList<>();
  private final AtomicBoolean connecting = new AtomicBoolean();
  private volatile @Nullable Line line;
  private volatile boolean up;
  private volatile boolean closed;
  private @Nullable Future<?> beat;

  /** On the timer's thread, or before it runs. */
  private long heardNanos = System.nanoTime();

  private long beatNanos = System.nanoTime();
  private @Nullable CompletionStage<?> ping;

  /** One connection and its commands. */
  record Line(
      StatefulConnection<String, byte[]> connection,
      RedisClusterAsyncCommands<String, byte[]> commands) {}

  private RedisLink(RedisServers servers, ScheduledExecutorService timer, long silentMillis) {
    this.servers = servers;
    this.timer = timer;
    this.silentMillis = silentMillis;
  }

  /** Connects when it can, now or later. Waits for the first try only. */
  public static RedisLink open(RedisAddress address, ScheduledExecutorService timer) {
    return open(address, timer, SILENT_MILLIS);
  }

  /**
   * @param silentMillis after which a server is down; {@value #SILENT_MILLIS} for a node
   */
  static RedisLink open(RedisAddress address, ScheduledExecutorService timer, long silentMillis) {
    RedisLink link = new RedisLink(RedisServers.of(address), timer, silentMillis);
    link.connect()
        .handle((line, failure) -> failure == null)
        .toCompletableFuture()
        .completeOnTimeout(false, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    link.beat =
        timer.scheduleWithFixedDelay(link::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    return link;
  }

  /** Whether Redis answers; with a cluster, whether some of it does. */
  public boolean isUp() {
    Line current = line;
    return up && current != null && current.connection().isOpen();
  }

  /** Calls whenever Redis has not answered for too long; never waits in it. */
  public void onLoss(Runnable listener) {
    lost.add(listener);
  }

  /** Calls whenever Redis answers again after it did not; never waits in it. */
  public void onReturn(Runnable listener) {
    returned.add(listener);
  }

  /** Where subscriptions go to. */
  public RedisServers servers() {
    return servers;
  }

  /** Runs a script where its first key lives. {@link RedisFaults} says what a failure means. */
  public <T> CompletionStage<T> eval(
      RedisScript script, ScriptOutputType type, List<String> keys, byte[]... args) {
    String[] names = keys.toArray(String[]::new);
    return ask(
        commands ->
            commands
                .<T>evalsha(script.sha(), type, names, args)
                .exceptionallyCompose(
                    failure ->
                        failure instanceof RedisNoScriptException
                            ? commands.<T>eval(script.text(), type, names, args)
                            : CompletableFuture.failedFuture(failure)));
  }

  /** Asks for something; fails at once while Redis is down. */
  public <T> CompletionStage<T> ask(
      Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> question) {
    Line current = line;
    if (current == null || !up) {
      return CompletableFuture.failedFuture(new RedisConnectionException("Redis does not answer"));
    }
    try {
      return question.apply(current.commands());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    up = false;
    if (beat != null) {
      beat.cancel(false);
    }
    Line current = line;
    line = null;
    if (current != null) {
      current.connection().closeAsync();
    }
    servers.close();
  }

  private CompletionStage<Line> connect() {
    return servers
        .connect()
        .whenComplete(
            (fresh, failure) -> {
              if (failure != null) {
                return;
              }
              Line before = line;
              if (closed || (before != null && isUp())) {
                // The old one answers again: what is under way on it shall not be cut off.
                fresh.connection().closeAsync();
                return;
              }
              line = fresh;
              if (before == null) {
                up = true;
              } else {
                before.connection().closeAsync();
              }
              if (closed) {
                fresh.connection().closeAsync();
              }
            });
  }

  private void beat() {
    try {
      listen();
    } catch (RuntimeException e) {
      LOG.error("watching Redis failed, it goes on", e);
    }
  }

  private void listen() {
    long now = System.nanoTime();
    stoodStill(now - beatNanos - TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS));
    beatNanos = now;
    Line current = line;
    CompletionStage<?> asked = ping;
    if (current != null && asked == null) {
      long at = System.nanoTime();
      ping = current.commands().ping().whenComplete((pong, failure) -> heard(failure == null, at));
    } else if (asked != null && asked.toCompletableFuture().isDone()) {
      ping = null;
    }
    long silent = TimeUnit.NANOSECONDS.toMillis(now - heardNanos());
    if (silent > silentMillis) {
      if (up) {
        up = false;
        LOG.warn("Redis does not answer");
        lost.forEach(Runnable::run);
      }
      reconnect();
    }
  }

  /** Whether it was the machine's fault or a collector's: the server is given that time again. */
  private synchronized void stoodStill(long nanos) {
    heardNanos += Math.max(0, nanos);
  }

  private synchronized long heardNanos() {
    return heardNanos;
  }

  private void heard(boolean pong, long askedNanos) {
    if (!pong) {
      return;
    }
    synchronized (this) {
      heardNanos = Math.max(heardNanos, askedNanos);
    }
    if (!up && !closed) {
      up = true;
      LOG.info("Redis answers again");
      timer.execute(() -> returned.forEach(Runnable::run));
    }
  }

  private void reconnect() {
    if (!closed && connecting.compareAndSet(false, true)) {
      connect()
          .whenComplete(
              (fresh, failure) -> {
                ping = null;
                connecting.set(false);
              });
    }
  }
}
