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

  /** Sessions that something may be waiting for; each is in it once. */
  private List<Session> waiting = new ArrayList<>();

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

  /** Counts what waits for a session now, behind anything that may have made it more. */
  void count(Session session) {
    long now = session.queuedBytes();
    long before = session.counted();
    if (now == before) {
      return;
    }
    bytes += now - before;
    if (session.count(now)) {
      waiting.add(session);
    }
    if (now > before && bytes > all.harmlessShare() && !looking) {
      looking = true;
      executor.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Counts all anew, and forgets those that have taken everything; once a second. */
  void settle() {
    List<Session> still = new ArrayList<>();
    for (Session session : waiting) {
      long now = session.queuedBytes();
      bytes += now - session.counted();
      if (session.recount(now)) {
        still.add(session);
      }
    }
    waiting = still;
    look();
  }

  private void look() {
    looking = false;
    if (all.excess() > 0) {
      List<Session> largest = new ArrayList<>(waiting);
      largest.sort(Comparator.comparingLong(Session::counted).reversed());
      shed(largest);
      reset(largest);
      cutOff(largest);
    }
  }

  /** Ends sessions that take nothing until those that are left would fit. */
  private void shed(List<Session> largest) {
    long going = 0;
    for (Session session : largest) {
      if (session.isEnded()) {
        going += session.counted();
      }
    }
    for (Session session : largest) {
      if (all.excess() <= going) {
        return;
      }
      if (!session.isEnded() && session.outbox().isStalled()) {
        going += session.counted();
        session.end(largest());
      }
    }
  }

  private static RefusedException largest() {
    return new RefusedException(
        Refusal.SHED, "too much is waiting for clients, and this one had the most");
  }

  /** Takes the bytes back from those that have been told. */
  private void reset(List<Session> largest) {
    for (Session session : largest) {
      if (all.overflow() <= 0) {
        return;
      }
      if (session.isEnded()) {
        session.outbox().transport().reset();
        count(session);
      }
    }
  }

  /** The bound is passed although nobody is stalled: it holds all the same. */
  private void cutOff(List<Session> largest) {
    for (Session session : largest) {
      if (all.overflow() <= 0) {
        return;
      }
      session.end(largest());
      session.outbox().transport().reset();
      count(session);
    }
  }
}
