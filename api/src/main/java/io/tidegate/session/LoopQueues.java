package io.tidegate.session;

import io.netty.util.concurrent.EventExecutor;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the clients of one event loop, those included whose end they have not taken yet.
 * Sheds the largest when the node has too much: near the bound those that take nothing, which are
 * told and have the time that a close has; past it their lines are reset, and anybody's. Belongs to
 * the loop.
 */
final class LoopQueues {
  /** So soon after it has become more is it looked at whether it is too much. */
  private static final long LOOK_MILLIS = 100;

  private final EventExecutor executor;
  private final Queues all;

  /** Of sessions that something may be waiting for; each is in it once. */
  private final List<Share> waiting = new ArrayList<>();

  /** The sum of what they were last counted with; read racily elsewhere. */
  private long bytes;

  private boolean looking;

  LoopQueues(EventExecutor executor, Queues all) {
    this.executor = executor;
    this.all = all;
  }

  long bytes() {
    return bytes;
  }

  /** What waits for one session, as it was last counted; a part of {@link #bytes}. */
  final class Share {
    private final Session session;
    private long counted;

    /** Whether it is among those that are {@link #waiting}. */
    private boolean listed;

    private Share(Session session) {
      this.session = session;
    }

    /** Behind anything that may have made it more. */
    void count() {
      long before = counted;
      if (!recount()) {
        return;
      }
      if (!listed) {
        listed = true;
        waiting.add(this);
      }
      if (counted > before && bytes > all.harmlessShare() && !looking) {
        looking = true;
        executor.schedule(LoopQueues.this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    /** Whether it is another than before. */
    private boolean recount() {
      long before = counted;
      counted = session.queuedBytes();
      bytes += counted - before;
      return counted != before;
    }

    private void reset() {
      session.outbox().transport().reset();
      count();
    }
  }

  /** A session's, which counts it. */
  Share share(Session session) {
    return new Share(session);
  }

  /** Counts all anew, and forgets those that have taken everything; once a second. */
  void settle() {
    for (Share share : waiting) {
      share.recount();
      share.listed = share.counted != 0;
    }
    waiting.removeIf(share -> !share.listed);
    look();
  }

  private void look() {
    looking = false;
    if (all.excess() > 0) {
      List<Share> largest = new ArrayList<>(waiting);
      largest.sort(Comparator.<Share>comparingLong(share -> share.counted).reversed());
      shed(largest);
      reset(largest);
      cutOff(largest);
    }
  }

  /** Ends sessions that take nothing until those that are left would fit. */
  private void shed(List<Share> largest) {
    long going = 0;
    for (Share share : largest) {
      if (share.session.isEnded()) {
        going += share.counted;
      }
    }
    for (Share share : largest) {
      if (all.excess() <= going) {
        return;
      }
      Session session = share.session;
      if (!session.isEnded() && session.outbox().isStalled()) {
        going += share.counted;
        session.end(largest());
      }
    }
  }

  private static RefusedException largest() {
    return new RefusedException(
        Refusal.SHED, "too much is waiting for clients, and this one had the most");
  }

  /** Takes the bytes back from those that have been told. */
  private void reset(List<Share> largest) {
    for (Share share : largest) {
      if (all.overflow() <= 0) {
        return;
      }
      if (share.session.isEnded()) {
        share.reset();
      }
    }
  }

  /** The bound is passed although nobody is stalled: it holds all the same. */
  private void cutOff(List<Share> largest) {
    for (Share share : largest) {
      if (all.overflow() <= 0) {
        return;
      }
      share.session.end(largest());
      share.reset();
    }
  }
}
