package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import io.tidegate.containers.Engine;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.containers.GenericContainer;

/** The log's contract over the PostgreSQL that people run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PostgresInContainerTest extends MessageLogContract {
  private GenericContainer<?> postgres;
  private LogDatabase database;
  private JdbcMessageLog log;

  @BeforeAll
  void open() throws SQLException {
    postgres = Engine.postgres();
    database = LogDatabase.migrated(Engine.jdbcUrl(postgres), Engine.user(), Engine.password());
    log = database.log(LogSettings.DEFAULT);
  }

  @AfterAll
  void close() {
    if (log != null) {
      log.close();
    }
    if (postgres != null) {
      postgres.stop();
    }
  }

  @Override
  MessageLog log() {
    return log;
  }

  @Override
  void age(ChannelId channel, Duration by) {
    database.age(channel, by);
  }
}
