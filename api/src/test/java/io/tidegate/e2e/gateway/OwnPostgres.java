package io.tidegate.e2e.gateway;

import io.tidegate.TestContext;
import io.tidegate.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL of the test's own, which no gateway starts again: it is away for as long as wanted.
 */
public final class OwnPostgres implements AutoCloseable {
  private static final String DATABASE = "own";

  private final Path folder;
  private EmbeddedPostgresServer server;

  private OwnPostgres(String name) {
    this.folder = Path.of("target", "test-postgres-" + name);
    this.server = EmbeddedPostgresServer.start(folder);
    execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
    execute("CREATE DATABASE " + DATABASE);
  }

  /** With an empty database, kept under a name of the test's own. */
  public static OwnPostgres start(String name) {
    return new OwnPostgres(name);
  }

  /** What a gateway needs to use it. */
  public Map<String, String> environment() {
    return Map.of(
        "TIDEGATE_DATABASE_URL", server.url(DATABASE),
        "TIDEGATE_DATABASE_USER", server.user(),
        "TIDEGATE_DATABASE_PASSWORD", server.password(),
        "TIDEGATE_MASTER_KEY", TestContext.MASTER_KEY);
  }

  /** The first column of what it answers. */
  public List<String> ask(String question) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.url(DATABASE), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      List<String> answers = new ArrayList<>();
      while (row.next()) {
        answers.add(row.getString(1));
      }
      return answers;
    }
  }

  /** SIGKILL to all its processes; it stays down. */
  public void kill9() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    // Whatever was started again meanwhile goes, too.
    server.close();
  }

  /** Over the same data, on the same port; returns when it has recovered. */
  public void startAgain() {
    server = EmbeddedPostgresServer.start(folder);
  }

  /** SIGSTOP: it neither answers nor ends a connection, and its kernel takes new ones for it. */
  public void freeze() {
    // The postmaster first: it would start others.
    signal("-STOP", processes().subList(0, 1));
    signal("-STOP", processes());
  }

  /** SIGCONT. */
  public void thaw() {
    signal("-CONT", processes().reversed());
  }

  /** The postmaster, then its children. */
  private List<ProcessHandle> processes() {
    ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
    postmaster.descendants().forEach(all::add);
    return all;
  }

  private static void signal(String signal, List<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      // One that has ended meanwhile is no failure.
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void execute(String statement) {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    thaw();
    server.close();
  }
}
