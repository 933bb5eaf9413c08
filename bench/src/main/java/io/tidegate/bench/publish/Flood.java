package io.tidegate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.net.RestConnection;
import io.tidegate.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Offers single messages over REST at a pace, to its channels in turn, however they are answered: a
 * client that does not heed refusals. What finds no connection free is not offered, and not made up
 * for. State is its loop's.
 */
public final class Flood {
  private static final byte[] HEAD = "{\"data\":".getBytes(StandardCharsets.US_ASCII);
  private static final long TICK_NANOS = 1_000_000;

  private final Loops.Loop loop;
  private final List<Target> targets;
  private final Stamp stamp;
  private final ArrayDeque<RestConnection> idle = new ArrayDeque<>();
  private final int connections;

  /** Null before the first {@link #start}. */
  private @Nullable ScheduledFuture<?> ticker;

  /** Messages that were due since {@link #start}, offered or not. */
  private long due;

  private long number;
  private volatile long offered;

  /** Offers nothing before {@link #start}. */
  public Flood(
      Address address, Loops.Loop loop, List<Target> targets, Stamp stamp, int connections) {
    this.loop = loop;
    this.targets = targets;
    this.stamp = stamp;
    this.connections = connections;
    for (int i = 0; i < connections; i++) {
      idle.add(new RestConnection(loop, address));
    }
  }

  /** Offers so many messages a second from now on. */
  public void start(int perSecond) {
    loop.executor()
        .execute(
            () -> {
              due = 0;
              long start = Stamp.now();
              ticker =
                  loop.executor()
                      .scheduleAtFixedRate(
                          () -> tick(start, perSecond), 0, TICK_NANOS, TimeUnit.NANOSECONDS);
            });
  }

  /** Offers nothing more; what is on its way is awaited by {@link #settled}. */
  public void stop() {
    loop.executor()
        .execute(
            () -> {
              if (ticker != null) {
                ticker.cancel(false);
              }
            });
  }

  /** Whether every message offered was answered. Not from a loop. */
  public boolean settled() {
    return loop.executor().submit(() -> idle.size() == connections).syncUninterruptibly().getNow();
  }

  /** Messages offered so far. */
  public long offered() {
    return offered;
  }

  private void tick(long start, int perSecond) {
    long now = (Stamp.now() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
    for (; due < now; due++) {
      RestConnection connection = idle.poll();
      if (connection != null) {
        offer(connection);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by one loop only
  private void offer(RestConnection connection) {
    long mine = number++;
    Target target = targets.get((int) (mine % targets.size()));
    offered++;
    ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer(256).writeBytes(HEAD);
    stamp.write(body, Stamp.now(), mine);
    connection.post(
        target.path(),
        body.writeByte('}'),
        reply -> {
          settle(target.ledger(), mine, reply);
          idle.add(connection);
        });
  }

  private void settle(Ledger ledger, long mine, RestConnection.Reply reply) {
    if (reply.done()) {
      ledger.accepted(mine, 1);
      return;
    }
    loop.meter().failure(reply.toString());
    if (reply.outcomeUnknown()) {
      ledger.unknown(1);
    } else {
      ledger.refused(1);
    }
  }
}
