package io.tidegate.log;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.settings.PoolSizes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** A migrated database with the tests' tenants and apps. */
public final class LogDatabase {
  /** The bounds of a node, but for time: on a busy machine a commit may take long. */
  public static final LogSettings PATIENT =
      new LogSettings(
          LogSettings.DEFAULT.lanes(),
          LogSettings.DEFAULT.batchMessages(),
          LogSettings.DEFAULT.batchBytes(),
          LogSettings.DEFAULT.queueMessages(),
          LogSettings.DEFAULT.queueBytes(),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2));

  private final String url;
  private final String user;
  private final String password;

  private LogDatabase(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  public static LogDatabase fresh(String name) throws SQLException {
    TestServer server = TestPostgres.server();
    return migrated(TestPostgres.freshDatabase(name), server.user(), server.password());
  }

  static LogDatabase migrated(String url, String user, String password) throws SQLException {
    Flyway.configure()
        .dataSource(url, user, password)
        .locations("classpath:db/migration")
        .load()
        .migrate();
    LogDatabase database = new LogDatabase(url, user, password);
    database.addApp(MessageLogContract.TENANT, MessageLogContract.APP);
    return database;
  }

  public void addApp(TenantId tenant, AppId app) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement tenants =
            connection.prepareStatement(
                "INSERT INTO tenants (id, name, limits) VALUES (?, 'test', '{}')"
                    + " ON CONFLICT DO NOTHING");
        PreparedStatement apps =
            connection.prepareStatement(
                "INSERT INTO apps (id, tenant_id, name, settings) VALUES (?, ?, 'test', '{}')"
                    + " ON CONFLICT DO NOTHING")) {
      tenants.setObject(1, tenant.value());
      tenants.executeUpdate();
      apps.setLong(1, app.number());
      apps.setObject(2, tenant.value());
      apps.executeUpdate();
    }
  }

  public JdbcMessageLog log(LogSettings settings) {
    return log(url, settings);
  }

  /** The log over another way to the same database. */
  JdbcMessageLog log(String over, LogSettings settings) {
    return log(over, settings, Witness.NOBODY);
  }

  JdbcMessageLog log(String over, LogSettings settings, Witness witness) {
    JdbcLogPools pools = JdbcLogPools.open(over, user, password, settings, PoolSizes.STANDARD);
    return new JdbcMessageLog(pools, LogBreakers.over(pools), settings, false, witness);
  }

  JdbcLogPools pools() {
    return JdbcLogPools.open(url, user, password, LogSettings.DEFAULT, PoolSizes.STANDARD);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Makes the messages of a channel older, and what is remembered of one that has left. */
  void age(ChannelId channel, Duration by) {
    try {
      String of =
          " WHERE log_id = (SELECT log_id FROM channels WHERE name = '" + channel.name() + "')";
      run("UPDATE messages SET published_at = published_at - " + by.toMillis() + of);
      run("UPDATE channels SET last_timestamp = last_timestamp - " + by.toMillis() + of);
      String until = "until - interval '" + by.toMillis() + " ms'";
      run("UPDATE channels_left SET until = " + until + " WHERE name = '" + channel.name() + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void run(String command) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  long count(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  String url() {
    return url;
  }
}
