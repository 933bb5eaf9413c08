package io.tidegate.presence;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.tidegate.channel.ChannelId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
  /** Longer than a client of a node that died may take to come back, 10 s, by some beats. */
  private static final long LEASE_MILLIS = 11_500;

  /** With each the lease is refreshed: what remains of a dead node's is known to half a second. */
  private static final long TICK_MILLIS = 500;

  /** After Redis was away others may only seem to be gone: so long nobody is taken out. */
  static final Duration QUIET = Duration.ofSeconds(12);

  /** Where connections are is written again so often, many times before Redis forgets it. */
  private static final long REMEMBER_NANOS = TimeUnit.HOURS.toNanos(4);

  private static final long REAP_CLAIM_MILLIS = 5_000;
  private static final long BEGIN_RETRY_MILLIS = 1_000;
  private static final RedisScript LIVE = RedisScript.of("presence-live");
  private static final RedisScript LEASE = RedisScript.of("presence-lease");
  static final List<String> LEASES = List.of("{tgp}:l", "{tgp}:f");
  private static final Logger LOG = LoggerFactory.getLogger(RedisLease.class);

  private final RedisLink link;
  private final String node;
  private final Duration quiet;
  private final LongSupplier aheadMillis;
  private final RedisMembers members;
  private final PresenceFigures figures;
  private final RedisPartitions partitions;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("presence").daemon().factory());

  private volatile String name;
  private final AtomicLong term = new AtomicLong();
  private volatile @Nullable PresenceListener listener;

  // The rest belongs to the one thread.
  private String server = "";

  /** The lease; empty before there is one. */
  private String current = "";

  /** Leases of others that have ended. */
  private List<String> ended = List.of();

  private long quietNanos;
  private long rememberNanos = System.nanoTime() + REMEMBER_NANOS;

  RedisLease(
      RedisLink link,
      String node,
      Duration quiet,
      LongSupplier aheadMillis,
      byte[] fanOut,
      RedisMembers members,
      PresenceFigures figures) {
    this.figures = figures;
    this.link = link;
    this.node = node;
    this.quiet = quiet;
    this.aheadMillis = aheadMillis;
    this.members = members;
    this.partitions = new RedisPartitions(link, quiet, aheadMillis, fanOut, this::tell);
    this.name = node + "-0";
    quiet();
    clock.execute(this::beat);
    clock.scheduleWithFixedDelay(this::beat, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What owners are named with; until there is a lease, a name that nobody looks after. */
  String name() {
    return name;
  }

  /**
   * The lease, for members to be put in under it.
   *
   * @throws RefusedException STORE_UNAVAILABLE while there is none yet: if the node died now, they
   *     would be there for ever
   */
  String held() {
    if (term.get() == 0) {
      throw RefusedException.retryAfter(
          Refusal.STORE_UNAVAILABLE,
          "the other nodes do not know of this one yet",
          BEGIN_RETRY_MILLIS);
    }
    return name;
  }

  /** Raised with every new lease: a server that has lost all may give a name once more. */
  long term() {
    return term.get();
  }

  /** The leases that have not ended, on any node; waits. */
  List<String> live() {
    List<byte[]> found =
        RedisPresence.await(
            link.eval(
                LIVE,
                ScriptOutputType.MULTI,
                LEASES.subList(0, 1),
                RedisPresence.utf8(Long.toString(aheadMillis.getAsLong()))));
    return found.stream().map(RedisPresence::text).toList();
  }

  void listen(PresenceListener toListener) {
    listener = toListener;
  }

  private void quiet() {
    quietNanos = System.nanoTime() + quiet.toNanos();
  }

  private void beat() {
    try {
      boolean known = beginOrRefresh();
      boolean takesOut = known && System.nanoTime() - quietNanos >= 0;
      partitions.tick(takesOut);
      writeAgain();
      if (takesOut) {
        ended.forEach(this::reap);
      }
    } catch (RefusedException away) {
      quiet();
    } catch (RuntimeException e) {
      LOG.error("the upkeep of presence failed, it goes on", e);
    }
  }

  /** False when the server of leases does not answer. */
  private boolean beginOrRefresh() {
    try {
      List<byte[]> answer = lease(current);
      String from = RedisPresence.text(answer.get(0));
      String held = RedisPresence.text(answer.get(1));
      boolean other = !server.isEmpty() && !from.equals(server);
      server = from;
      if (!current.isEmpty() && (held.isEmpty() || other)) {
        // It has ended, or is vouched for by a server that knows nothing of it.
        LOG.warn("this node's lease of presence is renewed: {}", other ? "another server" : "late");
        quiet();
        figures.lose();
        current = "";
        answer = lease("");
        held = RedisPresence.text(answer.get(1));
      }
      ended = answer.stream().skip(2).map(RedisPresence::text).toList();
      if (current.isEmpty()) {
        name = held;
        term.incrementAndGet();
        current = held;
        // What others may have taken out is put in, under this one.
        partitions.loseAll();
      }
      figures.refresh();
      return true;
    } catch (RefusedException away) {
      quiet();
      return false;
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

  private void writeAgain() {
    BitSet lost = partitions.lost();
    if (!lost.isEmpty() && !current.isEmpty()) {
      BitSet failed = members.writeAgain(lost, partitions.others(), current);
      lost.andNot(failed);
      partitions.found(lost);
      rememberNanos = System.nanoTime();
      tell(null);
    }
    if (System.nanoTime() - rememberNanos >= 0 && members.rememberAgain()) {
      rememberNanos = System.nanoTime() + REMEMBER_NANOS;
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
    long gone = partitions.reap(lease);
    if (gone >= 0) {
      figures.reap(gone);
      RedisPresence.await(link.ask(one -> one.zrem(LEASES.getFirst(), RedisPresence.utf8(lease))));
      LOG.info("a node is gone, and {} members with it", gone);
    }
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
