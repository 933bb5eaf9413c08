package io.tidegate.webhook.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.StandingStore;
import io.tidegate.webhook.store.JdbcStandingRows.Row;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What stands, in PostgreSQL: each change with its events in one transaction. Rows are locked in
 * the order of facts, then what the events' queue locks; a deadlock all the same is a lost race,
 * and tried again.
 */
@Singleton
final class JdbcStandings implements StandingStore {
  /** Rows that a sweep takes in one transaction. */
  private static final int ROUND = 200;

  /** SQLSTATE: data or a constraint. */
  private static final String DATA_FAULT = "2[23].*";

  private final JdbcWork work;
  private final JdbcStandingLeases leases;
  private final WebhookEvents events;

  JdbcStandings(JdbcWork work, JdbcStandingLeases leases, WebhookEvents events) {
    this.work = work;
    this.leases = leases;
    this.events = events;
  }

  @Override
  public void begin(String holder, Duration length) {
    leases.begin(holder, length);
  }

  @Override
  public boolean renew(String holder, Duration length) {
    return leases.renew(holder, length);
  }

  @Override
  public void end(String holder) {
    leases.end(holder);
  }

  @Override
  public boolean hold(String holder, Collection<Held> held) {
    List<Held> sorted = held.stream().sorted(Comparator.comparing(Held::fact)).toList();
    return under(
        holder,
        connection -> {
          List<Event> told = new ArrayList<>();
          for (Row row : JdbcStandingRows.hold(connection, holder, sorted)) {
            EventType changed = row.fact().kind().changed();
            if (row.news() == JdbcStandingRows.BEGUN) {
              told.add(event(row, row.fact().kind().begun()));
            } else if (row.news() == JdbcStandingRows.CHANGED && changed != null) {
              told.add(event(row, changed));
            }
          }
          events.emit(told);
        });
  }

  @Override
  public boolean release(String holder, Collection<Fact> facts) {
    List<Fact> sorted = facts.stream().sorted().toList();
    return under(holder, connection -> release(connection, holder, sorted));
  }

  /** A channel's members go before it does. */
  private void release(Connection connection, String holder, List<Fact> facts) throws SQLException {
    List<Row> gone = JdbcStandingRows.release(connection, holder, facts);
    events.emit(
        gone.reversed().stream().map(row -> event(row, row.fact().kind().ended())).toList());
  }

  @Override
  public int sweep() {
    int swept = 0;
    for (String holder : leases.ended()) {
      int some;
      do {
        some = sweep(holder);
        swept += some;
      } while (some == ROUND);
    }
    return swept;
  }

  /** One that another node sweeps at this moment is left to it. */
  private int sweep(String holder) {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          try {
            Connection connection = work.connection();
            if (!leases.take(connection, holder)) {
              return 0;
            }
            List<Fact> left = JdbcStandingRows.left(connection, holder, ROUND);
            if (left.isEmpty()) {
              leases.forget(connection, holder);
            } else {
              release(connection, holder, left);
            }
            return left.size();
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  /** What is done with a connection. */
  private interface Task {
    void on(Connection connection) throws SQLException;
  }

  /** False, and nothing is done, when the lease has ended. */
  private boolean under(String holder, Task task) {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          try {
            boolean held = leases.hold(work.connection(), holder);
            if (held) {
              task.on(work.connection());
            }
            return held;
          } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).matches(DATA_FAULT)) {
              throw new IllegalArgumentException("some of it cannot be written", e);
            }
            throw JdbcWork.failed(e);
          }
        });
  }

  private static Event event(Row row, EventType type) {
    Fact fact = row.fact();
    return new Event(
        UuidCreator.getTimeOrderedEpoch(), fact.app(), type, fact.subject(), null, row.data());
  }
}
