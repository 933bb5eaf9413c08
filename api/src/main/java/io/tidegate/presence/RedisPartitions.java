package io.tidegate.presence;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.ChannelId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of presence as one node reads them: what has changed, who did not come back, which
 * server has lost what it held. Each for itself: with a primary away the others go on. For one
 * thread.
 */
final class RedisPartitions {
  /** A server that stands still must not keep the lease from being refreshed. */
  private static final int WAIT_MILLIS = 3_000;

  private static final int REAPED_AT_ONCE = 500;
  private static final RedisScript TICK = RedisScript.of("presence", "presence-tick");
  private static final RedisScript REAP = RedisScript.of("presence", "presence-reap");

  private final RedisLink link;
  private final Duration quiet;
  private final LongSupplier aheadMillis;
  private final byte[] fanOut;
  private final Consumer<@Nullable ChannelId> changed;

  /** How far each one's trail was read; -1: not yet. */
  private final long[] trails = new long[RedisChannel.PARTITIONS];

  /** Replication ids: a server that was restarted, promoted or loaded from a copy has another. */
  private final @Nullable String[] servers = new @Nullable String[RedisChannel.PARTITIONS];

  /** Until then nobody is taken out: who was to come back could not. */
  private final long[] quietNanos = new long[RedisChannel.PARTITIONS];

  /** Whose server may have lost what it held, or others taken it out, */
  private final BitSet lost = new BitSet();

  /** those of them whose server is another, perhaps with a copy from before, */
  private final BitSet others = new BitSet();

  /** and whose server did not answer when it was asked last. */
  private final BitSet away = new BitSet();

  /**
   * @param quiet for how long nobody is taken out of a partition after it was away
   * @param changed told of each channel that changed; null: any may have
   */
  RedisPartitions(
      RedisLink link,
      Duration quiet,
      LongSupplier aheadMillis,
      byte[] fanOut,
      Consumer<@Nullable ChannelId> changed) {
    this.link = link;
    this.quiet = quiet;
    this.aheadMillis = aheadMillis;
    this.fanOut = fanOut;
    this.changed = changed;
    Arrays.fill(trails, -1);
    Arrays.fill(quietNanos, System.nanoTime());
  }

  /** What is held in any of them may have been taken out by others. */
  void loseAll() {
    lost.set(0, RedisChannel.PARTITIONS);
  }

  /** Those that answer, and whose server may have lost what it held. */
  BitSet lost() {
    BitSet found = (BitSet) lost.clone();
    found.andNot(away);
    return found;
  }

  /** Those whose server is another: what it holds may be older than what this node knows. */
  BitSet others() {
    return (BitSet) others.clone();
  }

  /** What these had lost is there again. */
  void found(BitSet partitions) {
    lost.andNot(partitions);
    others.andNot(partitions);
  }

  /** Takes out who did not come back, if {@code takesOut}, and tells what has changed. */
  void tick(boolean takesOut) {
    long now = System.nanoTime();
    List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>();
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      boolean takes = takesOut && now - quietNanos[partition] >= 0;
      answers.add(
          link.<List<byte[]>>eval(
                  TICK,
                  ScriptOutputType.MULTI,
                  keys(partition),
                  RedisLease.arguments(
                      aheadMillis, fanOut, Long.toString(trails[partition]), takes ? "1" : "0"))
              .toCompletableFuture()
              .copy()
              .orTimeout(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    }
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      try {
        take(partition, RedisPresence.await(answers.get(partition)));
        away.clear(partition);
      } catch (RefusedException noAnswer) {
        away.set(partition);
        quietNanos[partition] = System.nanoTime() + quiet.toNanos();
      }
    }
  }

  private void take(int partition, List<byte[]> answer) {
    String server = RedisPresence.text(answer.get(0));
    String known = servers[partition];
    servers[partition] = server;
    if (known != null && !known.equals(server)) {
      lost.set(partition);
      others.set(partition);
    }
    long before = trails[partition];
    long last = Long.parseLong(RedisPresence.text(answer.get(1)));
    trails[partition] = last;
    if (before >= 0 && last != before && answer.size() == 2) {
      changed.accept(null);
    }
    answer.stream()
        .skip(2)
        .filter(text -> text.length > 0)
        .map(RedisPresence::channel)
        .distinct()
        .forEach(changed);
  }

  /**
   * Takes out the members of a lease that has ended.
   *
   * @return how many; negative when some partitions did not answer
   */
  long reap(String lease) {
    long members = 0;
    boolean all = true;
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      try {
        members += reap(partition, lease);
      } catch (RefusedException away) {
        all = false;
      }
    }
    return all ? members : -1;
  }

  private long reap(int partition, String lease) {
    long members = 0;
    long reaped = REAPED_AT_ONCE;
    while (reaped >= REAPED_AT_ONCE) {
      reaped =
          RedisPresence.await(
              link.<Long>eval(
                  REAP,
                  ScriptOutputType.INTEGER,
                  keys(partition),
                  RedisLease.arguments(
                      aheadMillis, fanOut, lease, Integer.toString(REAPED_AT_ONCE))));
      members += reaped;
    }
    return members;
  }

  /** Of a partition, without the channel's own. */
  static List<String> keys(int partition) {
    return List.of(
        RedisChannel.key(partition, "pd"),
        RedisChannel.key(partition, "pt"),
        RedisChannel.key(partition, "ptn"),
        RedisChannel.key(partition, "pn:"));
  }
}
