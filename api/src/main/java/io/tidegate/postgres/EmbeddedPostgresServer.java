package io.tidegate.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server of our own: data and port kept under a folder, loopback only, password
 * asked, fsync and synchronous_commit on. Restarted when it dies; stopped by {@link #close}.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
  private static final String USER = "tidegate";
  private static final String DATABASE = "tidegate";
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 5_000;

  private final DataFolder data;
  private final PostgresBinaries binaries;
  private final RunAs runAs;
  private final int port;
  private final String password;
  private final Thread supervisor;

  /** Guarded by this. */
  private Postmaster postmaster;

  /** Guarded by this; after it is set nobody starts the postmaster again. */
  private boolean closed;

  private EmbeddedPostgresServer(DataFolder data)
      throws IOException, InterruptedException, SQLException {
    this.data = data;
    this.password = data.password();
    this.runAs = RunAs.detect();
    this.binaries = PostgresBinaries.unpack(data.root());
    Leftover.stop(binaries, runAs, data.cluster());
    Cluster.prepare(binaries, runAs, data, USER);
    // Chosen as late as can be: making the cluster takes seconds, in which others take ports too.
    this.port = data.port();
    this.postmaster = Postmaster.start(binaries, runAs, data);
    createDatabase(postmaster);
    this.supervisor =
        Thread.ofPlatform().name("postgres-supervisor").daemon().unstarted(this::supervise);
  }

  /**
   * Starts the database kept in {@code folder}, making it the first time.
   *
   * @throws DatabaseStartException with one line that says what to do
   */
  public static EmbeddedPostgresServer start(Path folder) {
    DataFolder data;
    try {
      data = DataFolder.open(folder);
    } catch (IOException e) {
      throw new DatabaseStartException("The data folder " + folder + " cannot be used: " + e, e);
    }
    try {
      EmbeddedPostgresServer server = new EmbeddedPostgresServer(data);
      server.supervisor.start();
      return server;
    } catch (IOException | SQLException e) {
      data.close();
      throw new DatabaseStartException("The embedded PostgreSQL did not start: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      data.close();
      throw new DatabaseStartException("Interrupted while PostgreSQL started", e);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private void createDatabase(Postmaster running)
      throws IOException, InterruptedException, SQLException {
    try {
      JdbcFirstDatabase.ensure(url("postgres"), USER, password, DATABASE);
    } catch (SQLException e) {
      running.stop();
      throw e;
    }
  }

  public String jdbcUrl() {
    return url(DATABASE);
  }

  /** The address of another database of this server. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The process id of the postmaster that runs now. */
  public synchronized long pid() {
    return postmaster.pid();
  }

  private void supervise() {
    try {
      while (true) {
        current().awaitExit();
        if (isClosed()) {
          return;
        }
        LOG.warn("The embedded PostgreSQL has died; starting it again");
        restart();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Postmaster current() {
    return postmaster;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void restart() throws InterruptedException {
    long delay = FIRST_RETRY_MILLIS;
    while (!tryRestart()) {
      Thread.sleep(delay);
      delay = Math.min(2 * delay, LAST_RETRY_MILLIS);
    }
  }

  private synchronized boolean tryRestart() throws InterruptedException {
    if (closed) {
      return true;
    }
    try {
      Leftover.stop(binaries, runAs, data.cluster());
      postmaster = Postmaster.start(binaries, runAs, data);
      LOG.info("The embedded PostgreSQL is back");
      return true;
    } catch (IOException | DatabaseStartException e) {
      LOG.warn("The embedded PostgreSQL does not start yet: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    try {
      stop();
      supervisor.interrupt();
      supervisor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      data.close();
    }
  }

  private synchronized void stop() throws IOException, InterruptedException {
    closed = true;
    postmaster.stop();
  }
}
