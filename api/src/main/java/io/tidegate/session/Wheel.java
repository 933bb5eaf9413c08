package io.tidegate.session;

import io.netty.util.concurrent.EventExecutor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One timer for all sessions of an event loop: turns once a second and looks at those that are due.
 * Belongs to the loop.
 */
final class Wheel {
  private static final int SLOTS = 8;

  private final InstantSource clock;
  private final List<List<Session>> slots = new ArrayList<>(SLOTS);
  private final ScheduledFuture<?> turning;
  private int at;

  Wheel(EventExecutor executor, InstantSource clock) {
    this.clock = clock;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
    turning = executor.scheduleAtFixedRate(this::turn, 1, 1, TimeUnit.SECONDS);
  }

  void add(Session session, int seconds) {
    slots.get((at + seconds) % SLOTS).add(session);
  }

  private void turn() {
    at = (at + 1) % SLOTS;
    List<Session> due = slots.get(at);
    slots.set(at, new ArrayList<>());
    long now = clock.millis();
    for (Session session : due) {
      if (!session.isEnded()) {
        check(session, now);
      }
    }
  }

  /** One session's fault must not stop the wheel for the others. */
  private void check(Session session, long now) {
    try {
      add(session, session.vitals().check(now));
    } catch (Throwable fault) {
      session.fault(fault);
    }
  }

  void stop() {
    turning.cancel(false);
  }
}
