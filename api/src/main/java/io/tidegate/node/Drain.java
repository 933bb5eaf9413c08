package io.tidegate.node;

import io.tidegate.guard.Gate;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Empties the node: closes its connections in slices, each with a delay of its own after which to
 * come back, so that they do not all arrive elsewhere at once; waits for what is being written;
 * then lets no request in, and waits until those that were have their answers.
 */
@Singleton
final class Drain {
  private static final int SLICE_MILLIS = 50;
  private static final int MAX_SPREAD_MILLIS = 10_000;

  /** Twice as fast as they come in elsewhere at the usual rate of accepting. */
  private static final int CLOSED_PER_SECOND = 1_000;

  private static final int MAX_WAIT_MILLIS = 5_000;

  private final Sessions sessions;
  private final JdbcMessageLog log;
  private final Gate gate;

  Drain(Sessions sessions, JdbcMessageLog log, Gate gate) {
    this.sessions = sessions;
    this.log = log;
    this.gate = gate;
  }

  void run() {
    sessions.entrance().close();
    List<Session> live = new ArrayList<>(sessions.matching(session -> true));
    Collections.shuffle(live);
    int spread = (int) Math.min(MAX_SPREAD_MILLIS, live.size() * 1_000L / CLOSED_PER_SECOND);
    int slices = Math.max(1, spread / SLICE_MILLIS);
    for (int slice = 0; slice < slices; slice++) {
      for (int i = slice; i < live.size(); i += slices) {
        end(live.get(i), sessions.entrance().adviceMillis(live.size()));
      }
      pause(SLICE_MILLIS);
    }
    await(() -> everyoneIsOut() && log.waiting() == 0);
    gate.close();
    // Whoever was being let in when the entrance was closed is in by then.
    await(() -> gate.isEmpty() && everyoneIsOut());
  }

  /** Whether nobody is left; whoever came in meanwhile is told to go, too. */
  private boolean everyoneIsOut() {
    for (Session late : sessions.matching(session -> true)) {
      end(late, sessions.entrance().adviceMillis(1));
    }
    return sessions.count() == 0;
  }

  private static void end(Session session, long afterMillis) {
    RefusedException reason =
        RefusedException.retryAfter(Refusal.DRAINING, "this node is going down", afterMillis);
    session.onLoop(() -> session.end(reason));
  }

  private static void await(BooleanSupplier done) {
    for (int waited = 0; waited < MAX_WAIT_MILLIS && !done.getAsBoolean(); waited += 50) {
      pause(50);
    }
    // What was written last is on its way through the kernel: the loops flush before they stop.
    pause(SLICE_MILLIS);
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
