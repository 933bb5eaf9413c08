package io.tidegate.faults.world;

import io.tidegate.postgres.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of the run's own, durable as a gateway's own one, which stays down when killed. */
public final class Database implements AutoCloseable {
  private static final int HELD_SECONDS = 30;

  private final Path folder;
  private volatile EmbeddedPostgresServer server;

  /** Down, its pid is nobody's, or another's. */
  private volatile boolean up = true;

  Database(Path folder) {
    this.folder = folder;
    this.server = EmbeddedPostgresServer.start(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(this::endWithUs));
  }

  private void endWithUs() {
    if (up) {
      kill9();
    }
  }

  int port() {
    return server.port();
  }

  String user() {
    return server.user();
  }

  String password() {
    return server.password();
  }

  /** SIGKILL to the postmaster and its children. */
  public void kill9() {
    up = false;
    processes().forEach(ProcessHandle::destroyForcibly);
    // Whatever its supervisor has started again meanwhile goes, too.
    server.close();
  }

  /** Over the same data, on the same port; returns when it has recovered. */
  public void start() {
    server = EmbeddedPostgresServer.start(folder);
    up = true;
  }

  /** SIGSTOP: its kernel takes connections for it, and nobody answers. */
  public void freeze() throws InterruptedException {
    // The postmaster first: it would start others.
    Signals.send("STOP", List.of(server.pid()));
    Signals.send("STOP", pids());
  }

  /** SIGCONT. */
  public void thaw() throws InterruptedException {
    Signals.send("CONT", pids().reversed());
  }

  /**
   * From now on a COMMIT is carried out and then neither answered nor seen: it waits for a standby
   * that nobody is. Returns when at least one batch of messages waits.
   *
   * @return whether one did in time
   */
  public boolean holdCommits() throws SQLException, InterruptedException {
    run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    run("SELECT pg_reload_conf()");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HELD_SECONDS);
    while (System.nanoTime() < end) {
      if (heldCommits() > 0) {
        return true;
      }
      Thread.sleep(5);
    }
    return false;
  }

  /** Commits that were held are seen now. */
  public void releaseCommits() throws SQLException {
    run("ALTER SYSTEM RESET synchronous_standby_names");
    run("SELECT pg_reload_conf()");
  }

  private int heldCommits() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tidegate-log'"
                    + " AND state = 'active' AND wait_event = 'SyncRep'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private void run(String command) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }

  private List<Long> pids() {
    return processes().stream().map(ProcessHandle::pid).toList();
  }

  /** The postmaster, then its children. */
  private List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(server.pid())
        .ifPresent(
            postmaster -> {
              all.add(postmaster);
              postmaster.descendants().forEach(all::add);
            });
    return all;
  }

  @Override
  public void close() {
    up = false;
    server.close();
  }
}
