package io.tidegate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresServerTest {
  private static final Path FOLDER = Path.of("target", "test-postgres-own");

  private static EmbeddedPostgresServer start() {
    return EmbeddedPostgresServer.start(FOLDER);
  }

  /** After each, too: a killed gateway leaves its own. */
  @BeforeEach
  @AfterEach
  void endWhatAnInterruptedRunLeft() {
    start().close();
  }

  @Test
  void runsWithDurableSettings() throws SQLException {
    try (EmbeddedPostgresServer server = start()) {
      assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void keepsDataPortAndPasswordAcrossRestarts() throws SQLException {
    String url;
    String password;
    try (EmbeddedPostgresServer server = start()) {
      url = server.jdbcUrl();
      password = server.password();
      run(server, "CREATE TABLE IF NOT EXISTS kept (n int)");
      run(server, "TRUNCATE kept");
      run(server, "INSERT INTO kept VALUES (42)");
    }
    try (EmbeddedPostgresServer server = start()) {
      assertThat(server.jdbcUrl()).isEqualTo(url);
      assertThat(server.password()).isEqualTo(password);
      assertThat(ask(server, "SELECT n FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void asksForItsPasswordWhichOnlyTheOwnerCanRead() throws IOException {
    try (EmbeddedPostgresServer server = start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "wrong").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(FOLDER.resolve("password"))))
        .isEqualTo("rw-------");
  }

  @Test
  void comesBackAfterItsPostmasterIsKilled() throws SQLException {
    try (EmbeddedPostgresServer server = start()) {
      long killed = server.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(() -> ask(server, "SHOW fsync").equals("on"));
      assertThat(server.pid()).isNotEqualTo(killed);
    }
  }

  @Test
  void stopsThePostmasterThatAKilledGatewayLeft() throws Exception {
    try (StartedGateway gateway = StartedGateway.over(FOLDER)) {
      long left = PidFile.read(FOLDER.resolve("cluster")).pid();
      gateway.kill();
      assertThat(isRunning(left)).isTrue();
      try (EmbeddedPostgresServer server = start()) {
        assertThat(isRunning(left)).isFalse();
        assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
      }
    }
  }

  @Test
  void leavesTheDatabaseOfARunningGatewayAlone() throws Exception {
    try (StartedGateway gateway = StartedGateway.over(FOLDER)) {
      long running = PidFile.read(FOLDER.resolve("cluster")).pid();
      assertThatThrownBy(EmbeddedPostgresServerTest::start)
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContaining("in use by another running gateway");
      assertThat(isRunning(running)).isTrue();
      gateway.kill();
    }
  }

  @Test
  void saysClearlyThatItsPortIsTaken() throws IOException {
    int port;
    try (EmbeddedPostgresServer server = start()) {
      port = server.port();
    }
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(EmbeddedPostgresServerTest::start)
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("is taken by another program");
    }
  }

  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).map(Leftover::isPostgres).orElse(false);
  }

  private static String ask(EmbeddedPostgresServer server, String query) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void run(EmbeddedPostgresServer server, String command) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }
}
