package io.tidegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.breaker.Breaker;
import io.tidegate.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;

/** kill -9 of all of PostgreSQL's processes while publishers are at work. */
class KilledDatabaseTest {
  private static final int PUBLISHERS = 8;
  private static final int UNITS = 250;
  private static final int KILLS = 3;
  private static final int ACKNOWLEDGED_BETWEEN_KILLS = 1_000;

  @RepeatedTest(3)
  void losesAndDoublesNothingThatWasAcknowledged() throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(Path.of("target", "test-postgres-killed"))) {
      LogDatabase database = fresh(server);
      Ledger ledger = new Ledger();
      try (JdbcMessageLog log = database.log(LogSettings.DEFAULT);
          Publishers publishers =
              new Publishers(ledger, log, "killed", "p", PUBLISHERS, UNITS, 10)) {
        for (int kill = 1; kill <= KILLS; kill++) {
          int enough = ACKNOWLEDGED_BETWEEN_KILLS * kill;
          Awaitility.await()
              .atMost(Duration.ofMinutes(5))
              .pollInterval(Duration.ofMillis(1))
              .until(() -> ledger.acknowledged() >= enough || publishers.areDone());
          killAll(server.pid());
        }
        publishers.await();
        awaitDatabase(database);
        Awaitility.await("the log has noticed")
            .atMost(Duration.ofMinutes(3))
            .until(() -> log.breakers().all().stream().allMatch(Breaker::isClosed));
        ledger.check(log);
        ledger.retryUnknown(log);
        ledger.check(log);
      }
      assertThat(ledger.acknowledged()).isGreaterThan(ACKNOWLEDGED_BETWEEN_KILLS);
      assertThat(
              database.count(
                  "SELECT count(*) FROM pg_settings WHERE name = 'fsync' AND setting = 'on'"))
          .isEqualTo(1);
    }
  }

  private static LogDatabase fresh(EmbeddedPostgresServer server) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS killed WITH (FORCE)");
      statement.execute("CREATE DATABASE killed");
    }
    return LogDatabase.migrated(server.url("killed"), server.user(), server.password());
  }

  private static void killAll(long postmaster) {
    ProcessHandle parent = ProcessHandle.of(postmaster).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(parent), parent.descendants()).toList();
    assertThat(all).hasSizeGreaterThan(1);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static void awaitDatabase(LogDatabase database) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> database.count("SELECT 1") == 1);
  }
}
