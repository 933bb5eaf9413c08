package io.tidegate.presence;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.ChannelId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's life as others see it, and what it does for them: takes out the members of nodes
 * whose lease has ended and of clients that did not come back, and reads what has changed. A lease
 * has a fence: one that ended is never the node's again, so that whoever takes its members out
 * cannot meet those that the node has put in since. One thread.
 */
final class RedisLease implements AutoCloseable {
  private static final long LEASE_MILLIS = 12_000;
  private static final long REFRESH_NANOS = 2_000_000_000L;
  private static final long TICK_MILLIS = 500;

  /** After Redis was away others may only seem to be gone: so long nobody is taken out. */
  static final Duration QUIET = Duration.ofSeconds(12);

  private static final long REAP_CLAIM_MILLIS = 5_000;
  private static final int REAPED_AT_ONCE = 500;
  private static final RedisScript LEASE = RedisScript.of("presence-lease");
  private static final RedisScript TICK = RedisScript.of("presence", "presence-tick");
  private static final RedisScript REAP = RedisScript.of("presence", "presence-reap");
  private static final List<String> LEASES = List.of("{tgp}:l", "{tgp}:f");
  private static final Logger LOG = LoggerFactory.getLogger(RedisLease.class);

  private final RedisLink link;
  private final String node;
  private final Duration quiet;
  private final LongSupplier aheadMillis;
  private final byte[] fanOut;
  private final Consumer<Cause> renewed;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("presence").daemon().factory());

  private volatile String name;
  private volatile @Nullable PresenceListener listener;

  // The rest belongs to the one thread.
  private final long[] trails = new long[RedisChannel.PARTITIONS];
  private String server = "";

  /** Of the lease that begins next. */
  private Cause cause = Cause.LATE;

  /** The lease, when all of this node's members are written under it; empty before that. */
  private String current = "";

  /** Leases of others that have ended. */
  private List<String> ended = List.of();

  private long refreshedNanos;
  private long quietNanos;

  /**
   * @param renewed called when there is another lease, for what is to be written under it, and why
   */
  RedisLease(
      RedisLink link,
      String node,
      Duration quiet,
      LongSupplier aheadMillis,
      byte[] fanOut,
      Consumer<Cause> renewed) {
    this.link = link;
    this.node = node;
    this.quiet = quiet;
    this.aheadMillis = aheadMillis;
    this.fanOut = fanOut;
    this.renewed = renewed;
    this.name = node + "-0";
    Arrays.fill(trails, -1);
    quiet();
    clock.execute(this::beat);
    clock.scheduleWithFixedDelay(this::beat, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Why there is another lease. */
  enum Cause {
    /** The one before has ended: clients may have gone elsewhere since, and are others' now. */
    LATE,
    /** The server is empty, or a copy that is older than this node's members. */
    ANOTHER_SERVER
  }

  /** What owners are named with; until there is a lease, a name that nobody looks after. */
  String name() {
    return name;
  }

  void listen(PresenceListener toListener) {
    listener = toListener;
  }

  private void quiet() {
    quietNanos = System.nanoTime() + quiet.toNanos();
  }

  private void beat() {
    try {
      beginOrRefresh();
      boolean takesOut = System.nanoTime() - quietNanos >= 0;
      tick(takesOut);
      if (takesOut) {
        ended.forEach(this::reap);
        ended = List.of();
      }
    } catch (RefusedException away) {
      quiet();
    } catch (RuntimeException e) {
      LOG.error("the upkeep of presence failed, it goes on", e);
    }
  }

  private void beginOrRefresh() {
    boolean begins = current.isEmpty();
    if (!begins && System.nanoTime() - refreshedNanos < REFRESH_NANOS) {
      return;
    }
    long asked = System.nanoTime();
    List<byte[]> answer = lease(current);
    String from = RedisPresence.text(answer.get(0));
    String held = RedisPresence.text(answer.get(1));
    boolean other = !server.isEmpty() && !from.equals(server);
    server = from;
    if (!begins && (held.isEmpty() || other)) {
      // It has ended, or is vouched for by a server that knows nothing of it.
      cause = other ? Cause.ANOTHER_SERVER : Cause.LATE;
      LOG.warn("this node's lease of presence is renewed: {}", cause);
      quiet();
      current = "";
      beginOrRefresh();
      return;
    }
    refreshedNanos = asked;
    ended = answer.stream().skip(2).map(RedisPresence::text).toList();
    if (begins) {
      name = held;
      renewed.accept(cause);
      current = held;
      tell(null);
    }
  }

  private List<byte[]> lease(String held) {
    return RedisPresence.await(
        link.eval(
            LEASE,
            ScriptOutputType.MULTI,
            LEASES,
            RedisPresence.utf8(Long.toString(aheadMillis.getAsLong())),
            RedisPresence.utf8(node),
            RedisPresence.utf8(held),
            RedisPresence.utf8(Long.toString(LEASE_MILLIS))));
  }

  private void tick(boolean takesOut) {
    List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>();
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      String known = Long.toString(trails[partition]);
      answers.add(
          link.<List<byte[]>>eval(
                  TICK,
                  ScriptOutputType.MULTI,
                  keys(partition),
                  arguments(aheadMillis, fanOut, known, takesOut ? "1" : "0"))
              .toCompletableFuture());
    }
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      List<byte[]> answer = RedisPresence.await(answers.get(partition));
      long before = trails[partition];
      long last = Long.parseLong(RedisPresence.text(answer.getFirst()));
      trails[partition] = last;
      if (before >= 0 && last != before && answer.size() == 1) {
        tell(null);
      }
      answer.stream()
          .skip(1)
          .filter(text -> text.length > 0)
          .map(RedisPresence::channel)
          .distinct()
          .forEach(this::tell);
    }
  }

  /** Null: anything may have changed. */
  void tell(@Nullable ChannelId channel) {
    PresenceListener to = listener;
    if (to == null) {
      return;
    }
    if (channel == null) {
      to.onGap();
    } else {
      to.onChange(channel);
    }
  }

  /** The lease goes last, so that one that was not reaped to its end is reaped again. */
  private void reap(String lease) {
    SetArgs once = SetArgs.Builder.nx().px(REAP_CLAIM_MILLIS);
    byte[] mine = RedisPresence.utf8(node);
    if (RedisPresence.await(link.ask(one -> one.set("tg:pr:" + lease, mine, once))) == null) {
      return;
    }
    long members = 0;
    for (int partition = 0; partition < RedisChannel.PARTITIONS; partition++) {
      long reaped = REAPED_AT_ONCE;
      while (reaped >= REAPED_AT_ONCE) {
        reaped =
            RedisPresence.await(
                link.<Long>eval(
                    REAP,
                    ScriptOutputType.INTEGER,
                    keys(partition),
                    arguments(aheadMillis, fanOut, lease, Integer.toString(REAPED_AT_ONCE))));
        members += reaped;
      }
    }
    RedisPresence.await(link.ask(one -> one.zrem(LEASES.getFirst(), RedisPresence.utf8(lease))));
    LOG.info("a node is gone, and {} members with it", members);
  }

  /** Of a partition, without the channel's own. */
  static List<String> keys(int partition) {
    return List.of(
        RedisChannel.key(partition, "pd"),
        RedisChannel.key(partition, "pt"),
        RedisChannel.key(partition, "ptn"),
        RedisChannel.key(partition, "pn:"));
  }

  static byte[][] arguments(LongSupplier aheadMillis, byte[] fanOut, String... more) {
    byte[][] args = new byte[2 + more.length][];
    args[0] = RedisPresence.utf8(Long.toString(aheadMillis.getAsLong()));
    args[1] = fanOut;
    for (int i = 0; i < more.length; i++) {
      args[2 + i] = RedisPresence.utf8(more[i]);
    }
    return args;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
