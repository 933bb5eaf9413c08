package io.tidegate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.net.RestConnection;
import io.tidegate.bench.wire.Stamp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One REST connection that publishes arrays as fast as they are answered, to its channels in turn.
 * State is its loop's.
 */
public final class BatchPublisher {
  /** Waited after a refusal that gives no advice, and at most after one that does. */
  private static final long BACK_OFF_MS = 100;

  private static final long MAX_BACK_OFF_MS = 1_000;

  private final Loops.Loop loop;
  private final RestConnection connection;
  private final List<Target> targets;
  private final int batch;
  private final Stamp stamp;
  private final AtomicLong numbers;
  private int turn;
  private boolean running;

  /**
   * @param targets published to in turn, beginning at {@code first}
   * @param numbers the next message's number, shared by all publishers
   */
  public BatchPublisher(
      Address address,
      Loops.Loop loop,
      List<Target> targets,
      int first,
      int batch,
      Stamp stamp,
      AtomicLong numbers) {
    this.loop = loop;
    this.connection = new RestConnection(loop, address);
    this.targets = targets;
    this.turn = first;
    this.batch = batch;
    this.stamp = stamp;
    this.numbers = numbers;
  }

  /** Starts publishing. */
  public void start() {
    loop.executor()
        .execute(
            () -> {
              running = true;
              next();
            });
  }

  /** No further request is sent; the one on its way is awaited by {@link #idle}. */
  public void stop() {
    loop.executor().execute(() -> running = false);
  }

  /** Whether nothing is on its way. Not from a loop. */
  public boolean idle() {
    return loop.executor().submit(connection::idle).syncUninterruptibly().getNow();
  }

  private void next() {
    if (!running) {
      return;
    }
    Target target = targets.get(turn++ % targets.size());
    long from = numbers.getAndAdd(batch);
    long sent = Stamp.now();
    ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer(batch * 160 + 2).writeByte('[');
    for (int i = 0; i < batch; i++) {
      body.writeBytes(i == 0 ? OPEN : NEXT);
      stamp.write(body, sent, from + i);
    }
    connection.post(
        target.path(), body.writeBytes(CLOSE), reply -> answered(target, from, sent, reply));
  }

  private static final byte[] OPEN = ascii("{\"data\":");
  private static final byte[] NEXT = ascii("},{\"data\":");
  private static final byte[] CLOSE = ascii("}]");

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private void answered(Target target, long from, long sent, RestConnection.Reply reply) {
    if (reply.done()) {
      loop.meter().request(Stamp.now() - sent, batch);
      target.ledger().accepted(from, batch);
      next();
      return;
    }
    loop.meter().failure(reply.toString());
    if (reply.outcomeUnknown()) {
      target.ledger().unknown(batch);
    } else {
      target.ledger().refused(batch);
    }
    long advised = reply.retryAfterMs();
    long wait = advised > 0 ? Math.min(advised, MAX_BACK_OFF_MS) : BACK_OFF_MS;
    loop.executor().schedule(this::next, wait, TimeUnit.MILLISECONDS);
  }
}
