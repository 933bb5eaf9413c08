package io.tidegate.cli;

import io.tidegate.node.JdbcOnlyNode;
import io.tidegate.postgres.JdbcBootCheck;
import io.tidegate.settings.Settings;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.store.JdbcResealing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Looks at an external database: changes nothing. */
final class JdbcDatabaseCheck {
  private static final int OLDEST_VERSION = 15;

  private final Connection connection;
  private final Findings findings;

  JdbcDatabaseCheck(Connection connection, Findings findings) {
    this.connection = connection;
    this.findings = findings;
  }

  void run(Settings settings) throws SQLException {
    version();
    durability();
    capacity(settings.pools().total());
    tables(settings);
  }

  private void version() throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_VERSION) {
      findings.fail("database", "PostgreSQL " + version + "; " + OLDEST_VERSION + " is the oldest");
    } else {
      findings.ok("database", "PostgreSQL " + version);
    }
    String encoding = text("SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      findings.fail("encoding", encoding + "; names of channels need UTF8");
    }
  }

  private void durability() throws SQLException {
    List<String> off = JdbcBootCheck.off(connection);
    if (off.isEmpty()) {
      findings.ok("durability", "a COMMIT survives a power cut");
    } else {
      findings.fail("durability", String.join(", ", off) + " off: class durable would be refused");
    }
  }

  private void capacity(int wanted) throws SQLException {
    int most = Integer.parseInt(text("SHOW max_connections"));
    if (most < wanted) {
      findings.warn("connections", "max_connections is " + most + "; a node takes " + wanted);
    }
  }

  private void tables(Settings settings) throws SQLException {
    if (isFalse("SELECT to_regclass('installation') IS NOT NULL")) {
      boolean mayNot =
          isFalse("SELECT has_schema_privilege(current_user, current_schema(), 'CREATE')");
      if (mayNot) {
        findings.fail("tables", "there are none, and this user may not create them");
      } else {
        findings.ok("tables", "there are none yet: the first start makes them");
      }
      return;
    }
    findings.ok("tables", "migrated to " + text(NEWEST_MIGRATION));
    try {
      if (JdbcResealing.isSealedWith(connection, new Envelope(settings.masterKey()))) {
        findings.ok("master key", "is the one that the database is sealed with");
      } else {
        findings.fail("master key", "the database is sealed with another one: put that back");
      }
    } catch (SQLException neverStarted) {
      findings.warn("master key", Cli.oneLine(neverStarted));
    }
    int live = JdbcOnlyNode.live(connection);
    if (live > 0) {
      findings.warn("nodes", live + " running over this database; without a cluster there is one");
    }
  }

  private static final String NEWEST_MIGRATION =
      "SELECT coalesce(max(version::int), 0)::text FROM flyway_schema_history"
          + " WHERE success AND version ~ '^[0-9]+$'";

  private boolean isFalse(String question) throws SQLException {
    return text(question).equals("f");
  }

  private String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
