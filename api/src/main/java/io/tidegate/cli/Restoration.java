package io.tidegate.cli;

import io.tidegate.log.JdbcLogPools;
import io.tidegate.log.JdbcMessageLog;
import io.tidegate.log.LogBreakers;
import io.tidegate.log.LogSettings;
import io.tidegate.settings.Database;
import io.tidegate.settings.Settings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;

/**
 * {@code restored}: the database is an older state of itself, and would give the same positions to
 * other messages; so every durable epoch ends.
 */
record Restoration(Map<String, String> environment, PrintStream out) {
  private static final String WHY = "its clients are at positions of the epochs that end";

  void run() throws SQLException {
    Settings settings = Settings.inspect(environment);
    try (JdbcStopped stopped = JdbcStopped.open(settings, WHY)) {
      Database database = stopped.database();
      LogSettings bounds = LogSettings.DEFAULT;
      JdbcLogPools pools =
          JdbcLogPools.open(
              database.jdbcUrl(), database.user(), database.password(), bounds, settings.pools());
      try (JdbcMessageLog log = new JdbcMessageLog(pools, LogBreakers.over(pools), bounds, true)) {
        log.restored();
      }
    }
    out.println("every durable channel begins a new epoch; clients are told at their next resume");
  }
}
