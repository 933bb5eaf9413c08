package io.tidegate.session;

import io.netty.util.concurrent.EventExecutor;
import io.tidegate.hub.FanoutLoop;
import io.tidegate.hub.Hub;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one bound on what waits in this node: bytes that clients have not taken, messages on their
 * way to event loops, commands not carried out. Each loop counts its own in plain fields, which are
 * summed here; nothing is shared on the way of a message. Any thread.
 */
public final class Queues {
  /** Above so many sixteenths of the bound the largest queues of stalled clients go. */
  private static final int SHED_SIXTEENTHS = 15;

  private final long bound;
  private final Hub hub;
  private final ConcurrentHashMap<EventExecutor, LoopQueues> loops = new ConcurrentHashMap<>();

  Queues(long bound, Hub hub) {
    this.bound = bound;
    this.hub = hub;
  }

  /** Those of an event loop; made on first use. */
  LoopQueues of(EventExecutor executor) {
    return loops.computeIfAbsent(executor, on -> new LoopQueues(on, this));
  }

  public long bound() {
    return bound;
  }

  /** Everything that waits; racy. */
  public long bytes() {
    return inbox() + clients();
  }

  /** Whether nobody more should come in. */
  boolean isNearlyFull() {
    return bytes() > bound / 10 * 9;
  }

  /** What clients have to give up so that there is some room again; 0 and less: nothing. */
  long excess() {
    return bytesOfClients() - bound / 16 * SHED_SIXTEENTHS;
  }

  /** How far the bound itself is passed. */
  long overflow() {
    return bytesOfClients() - bound;
  }

  /** Below this no loop is the one that has too much: they cannot all be. */
  long harmlessShare() {
    return bound / (3L * Math.max(1, loops.size()));
  }

  /** Inboxes have a bound of their own, and empty by themselves: clients pay for half at most. */
  private long bytesOfClients() {
    return clients() + Math.min(inbox(), bound / 2);
  }

  private long clients() {
    long sum = 0;
    for (LoopQueues loop : loops.values()) {
      sum += loop.bytes();
    }
    return sum;
  }

  private long inbox() {
    long sum = 0;
    for (FanoutLoop loop : hub.loops()) {
      sum += loop.inboxBytes();
    }
    return sum;
  }
}
