package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcMessageLogTest extends MessageLogContract {
  private LogDatabase database;
  private JdbcMessageLog log;

  @BeforeAll
  void open() throws SQLException {
    database = LogDatabase.fresh("log_contract");
    log = database.log(LogDatabase.PATIENT);
  }

  @AfterAll
  void close() {
    log.close();
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
