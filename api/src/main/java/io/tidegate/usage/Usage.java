package io.tidegate.usage;

import io.tidegate.channel.AppId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what this node counts into the database, each minute. What could not be written is kept
 * and written first the next time, under its own number; meanwhile the meters count on. Only a kill
 * loses something: what was counted since the last flush.
 */
public final class Usage {
  private static final Logger LOG = LoggerFactory.getLogger(Usage.class);

  private final String node;
  private final Meters meters;
  private final JdbcUsage rows;
  private long flushes;
  private @Nullable Map<AppId, Counts> pending;
  private @Nullable Instant pendingMinute;

  /**
   * @param node a name that no other process has or had
   */
  public Usage(String node, Meters meters, JdbcUsage rows) {
    this.node = node;
    this.meters = meters;
    this.rows = rows;
  }

  /** Writes what was counted since the last time. */
  public synchronized void flush() {
    try {
      if (pending == null) {
        pending = meters.take();
        pendingMinute = null;
        flushes++;
      }
      if (!pending.isEmpty()) {
        if (pendingMinute == null) {
          pendingMinute = rows.minute();
        }
        rows.add(node, flushes, pendingMinute, pending);
      }
      pending = null;
    } catch (SQLException e) {
      LOG.warn("usage waits for the database: {}", e.getMessage());
    }
  }

  /** Measures what is stored, unless another node has done so in this minute. */
  public void measure() {
    try {
      rows.measure();
    } catch (SQLException e) {
      LOG.warn("what is stored is measured later: {}", e.getMessage());
    }
  }

  /** Drops what is past its time. */
  public void forget() {
    try {
      rows.forget();
    } catch (SQLException e) {
      LOG.warn("old usage is dropped later: {}", e.getMessage());
    }
  }
}
