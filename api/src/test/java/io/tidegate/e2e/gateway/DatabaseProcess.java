package io.tidegate.e2e.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The embedded PostgreSQL of a gateway, seen from outside: its folder and its processes. */
public final class DatabaseProcess {
  private final Path folder;

  DatabaseProcess(Path folder) {
    this.folder = folder;
  }

  /** Whether its postmaster runs. */
  public boolean isAlive() {
    return postmaster().isPresent();
  }

  /** The postmaster's process id, -1 when it does not run. */
  public long pid() {
    return postmaster().map(ProcessHandle::pid).orElse(-1L);
  }

  /** SIGKILL to the postmaster and all its children, at once. */
  public void kill9() {
    postmaster()
        .ifPresent(
            parent -> {
              List<ProcessHandle> children = parent.descendants().toList();
              parent.destroyForcibly();
              children.forEach(ProcessHandle::destroyForcibly);
            });
  }

  /** What it answers to {@code SHOW}. */
  public String show(String setting) {
    return ask("SHOW " + setting);
  }

  /**
   * From now on a COMMIT is carried out and then not answered for up to 3 s: it waits for a standby
   * that nobody is. Ends with the server, whose next one knows nothing of it.
   */
  public void holdCommits() {
    run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    ask("SELECT pg_reload_conf()");
    Awaitility.await("COMMITs are held")
        .atMost(Duration.ofSeconds(60))
        .until(() -> heldCommits() > 0);
    run("ALTER SYSTEM RESET synchronous_standby_names");
  }

  /** How many batches of messages are committed at this moment, but not answered. */
  public int heldCommits() {
    return Integer.parseInt(
        ask(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tidegate-log'"
                + " AND state = 'active' AND wait_event = 'SyncRep' AND query LIKE '%COMMIT%'"));
  }

  private void run(String command) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ask(String question) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + read("port") + "/tidegate";
    return DriverManager.getConnection(url, "tidegate", read("password"));
  }

  /** A process id may be another program's by now: only PostgreSQL itself counts. */
  private Optional<ProcessHandle> postmaster() {
    Path file = folder.resolve("cluster").resolve("postmaster.pid");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .findFirst()
          .map(String::strip)
          .filter(pid -> pid.matches("[0-9]+"))
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
          .filter(process -> process.info().command().orElse("").endsWith("/bin/postgres"));
    } catch (NoSuchFileException notRunning) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
