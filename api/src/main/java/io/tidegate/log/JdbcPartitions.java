package io.tidegate.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions of one day each: the first publish that needs one waits for it, and those that
 * tomorrow's publishes will need are made ahead. Attaching locks nobody out, as creating in place
 * would.
 */
final class JdbcPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcPartitions.class);

  /** Of pg_advisory_xact_lock: nodes take turns. The number is the letters "tdgp". */
  private static final long LOCK = 0x74646770L;

  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

  private final DataSource pool;

  /** Names of partitions that exist; as many as there are days kept, 200 at most. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Retentions in use since the start, in days. */
  private final Set<Integer> retentions = ConcurrentHashMap.newKeySet();

  JdbcPartitions(DataSource pool) {
    this.pool = pool;
  }

  /** The partitioned tables and the column that tells the partition. */
  enum Table {
    MESSAGES("messages", "expires_on"),
    MESSAGE_IDS("message_ids", "day");

    private final String table;
    private final String column;

    Table(String table, String column) {
      this.table = table;
      this.column = column;
    }

    String table() {
      return table;
    }

    String partition(LocalDate day) {
      return table + "_" + SUFFIX.format(day);
    }
  }

  void ensureFor(BatchPlan plan, Iterable<PendingUnit> units) throws SQLException {
    for (BatchPlan.Row row : plan.rows()) {
      ensure(Table.MESSAGES, row.expiresOn());
      ensure(Table.MESSAGE_IDS, row.day());
    }
    for (PendingUnit unit : units) {
      retentions.add(unit.retentionDays());
    }
  }

  /** What publishes of the day after will need, by the retentions seen so far. */
  void ensureAhead(int today) throws SQLException {
    ensure(Table.MESSAGE_IDS, today + 1);
    for (int days : retentions) {
      ensure(Table.MESSAGES, ExpiryDay.of(today + 1, days));
    }
  }

  /** One of them has turned out to be gone. */
  void forget() {
    known.clear();
  }

  private void ensure(Table table, int epochDay) throws SQLException {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    String partition = table.partition(day);
    if (known.contains(partition)) {
      return;
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Partitions belong to the owner of their table.
      statement.execute("SET LOCAL ROLE NONE; SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(attach(table, partition, day));
      connection.commit();
    }
    known.add(partition);
    LOG.debug("Partition {} is ready", partition);
  }

  private static String attach(Table table, String partition, LocalDate day) {
    return """
        DO $$ BEGIN
          IF to_regclass('%1$s') IS NULL THEN
            CREATE TABLE %1$s (LIKE %2$s INCLUDING ALL,
              CHECK (%3$s >= '%4$s' AND %3$s < '%5$s'));
          END IF;
          IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('%1$s')) THEN
            ALTER TABLE %2$s ATTACH PARTITION %1$s FOR VALUES FROM ('%4$s') TO ('%5$s');
          END IF;
        END $$
        """
        .formatted(partition, table.table, table.column, day, day.plusDays(1));
  }
}
