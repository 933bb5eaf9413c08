package io.tidegate.tenant.store;

import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.CommandListener;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands to all nodes, in PostgreSQL: told in the transaction of a change, so that both are
 * committed or neither; read by every node. What this node has told it carries out at once, and not
 * again when it reads it; one whose commit got no answer it finds like those of others.
 */
@Singleton
public class JdbcCommands {
  private static final int PAGE = 1_000;

  private static final String APPEND =
      "WITH head AS (UPDATE command_head SET last = last + 1 RETURNING last)"
          + " INSERT INTO commands (id, kind, tenant_id, app_id, target)"
          + " SELECT last, ?, ?, ?, ? FROM head RETURNING id";

  /** One statement, one snapshot: a head is never older than the commands beside it. */
  private static final String AFTER =
      "SELECT h.last, c.id, c.kind, c.tenant_id, c.app_id, c.target,"
          + " (extract(epoch FROM clock_timestamp() - c.at) * 1000)::bigint"
          + " FROM command_head h LEFT JOIN commands c ON c.id > ? ORDER BY c.id LIMIT "
          + PAGE;

  private static final String CLEAN =
      "DELETE FROM commands WHERE at < clock_timestamp() - interval '10 minutes'";

  private static final Logger LOG = LoggerFactory.getLogger(JdbcCommands.class);

  private final JdbcWork work;
  private final List<CommandListener> listeners = new CopyOnWriteArrayList<>();

  /** Told and carried out here, not read yet: as many as are told between two readings. */
  private final Set<Long> carriedOut = ConcurrentHashMap.newKeySet();

  private volatile ObjLongConsumer<Command> seen = (command, id) -> {};

  /** Of the last one read; -1 before the first reading. Changed under the monitor. */
  private volatile long last = -1;

  JdbcCommands(JdbcWork work, JdbcDirectory directory) {
    this.work = work;
    // Before all who ask it what has changed.
    listeners.add(directory);
  }

  /**
   * What was found behind a number.
   *
   * @param head the number of the last command that is committed
   */
  private record Found(long head, List<Told> commands) {
    /** Whether the numbers go on where the last reading ended. */
    boolean follows(long before) {
      long next = commands.isEmpty() ? head + 1 : commands.getFirst().id();
      return next == before + 1;
    }
  }

  private record Told(long id, CommandRow row, Duration ago) {}

  public void listen(CommandListener listener) {
    listeners.add(listener);
  }

  /** Calls with each command that is committed, and its number, as soon as this node knows. */
  public void onSeen(ObjLongConsumer<Command> toWatcher) {
    seen = toWatcher;
  }

  /** The number of the last command that this node has read; -1 before the first reading. */
  public long last() {
    return last;
  }

  /** Within a transaction: every node carries it out, this one right after the commit. */
  public void tell(Command command) {
    append(command, () -> carryOut(command, Duration.ZERO));
  }

  /** Within a transaction, of what this node does by itself: every other one carries it out. */
  public void tellOthers(Command command) {
    append(command, () -> {});
  }

  private void append(Command command, Runnable here) {
    AtomicLong id = new AtomicLong();
    work.beforeCommit(() -> id.set(insert(CommandRow.of(command))));
    work.afterCommit(
        () -> {
          carriedOut.add(id.get());
          here.run();
          seen.accept(command, id.get());
        });
  }

  /**
   * Carries out what was told since the last time; the first time only looks where that is. May
   * wait.
   *
   * @return the number of the last command that is committed
   */
  public synchronized long read() {
    while (true) {
      long before = last;
      Found found = work.read(Reach.EVERYTHING, () -> find(before));
      if (before < 0) {
        last = found.head();
        return last;
      }
      if (!found.follows(before)) {
        LOG.warn("commands {} to {} are not to be had: all is read anew", before + 1, found.head());
        listeners.forEach(CommandListener::missed);
        last = found.head();
        return last;
      }
      found.commands().forEach(this::carryOut);
      carriedOut.removeIf(id -> id <= last);
      if (found.commands().size() < PAGE) {
        return found.head();
      }
    }
  }

  private void carryOut(Told told) {
    Command command = told.row().command();
    if (command != null) {
      if (!carriedOut.contains(told.id())) {
        carryOut(command, told.ago());
      }
      seen.accept(command, told.id());
    }
    last = told.id();
  }

  /** One that nobody can carry out must not keep those behind it from being so. */
  private void carryOut(Command command, Duration ago) {
    for (CommandListener listener : listeners) {
      try {
        listener.told(command, ago);
      } catch (RefusedException again) {
        throw again;
      } catch (RuntimeException e) {
        LOG.error("a command is not carried out: {}", command.getClass().getSimpleName(), e);
      }
    }
  }

  /** Forgets what every node has read; called about once a minute. */
  public void clean() {
    work.write(
        Reach.EVERYTHING,
        () -> {
          try (PreparedStatement delete = work.connection().prepareStatement(CLEAN)) {
            return delete.executeUpdate();
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  private long insert(CommandRow row) {
    try (PreparedStatement insert = work.connection().prepareStatement(APPEND)) {
      insert.setString(1, row.kind());
      insert.setObject(2, row.tenant());
      insert.setObject(3, row.app(), Types.BIGINT);
      insert.setString(4, row.target());
      try (ResultSet one = insert.executeQuery()) {
        one.next();
        return one.getLong(1);
      }
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }

  private Found find(long after) {
    try (PreparedStatement query = work.connection().prepareStatement(AFTER)) {
      // Before the first reading none is asked for: whoever begins knows nothing yet.
      query.setLong(1, after < 0 ? Long.MAX_VALUE : after);
      try (ResultSet row = query.executeQuery()) {
        long head = -1;
        List<Told> commands = new ArrayList<>();
        while (row.next()) {
          head = row.getLong(1);
          long id = row.getLong(2);
          if (!row.wasNull()) {
            commands.add(new Told(id, row(row), Duration.ofMillis(row.getLong(7))));
          }
        }
        return new Found(head, commands);
      }
    } catch (SQLException e) {
      throw JdbcWork.failed(e);
    }
  }

  private static CommandRow row(ResultSet row) throws SQLException {
    @Nullable Long app = row.getObject(5, Long.class);
    return new CommandRow(row.getString(3), row.getObject(4, UUID.class), app, row.getString(6));
  }
}
