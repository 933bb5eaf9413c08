package io.tidegate.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Other nodes are what the database says of them, as their heartbeats would write it. */
@WireTest
final class NodesComeAndGoTest {
  private static final String DATABASE = "events_nodes";

  /** Seen so lately that no pause of this machine ends the lease. */
  private static final String ALIVE = "now() + interval '1 hour'";

  private final TestGateway gateway = TestGateway.start(DATABASE);
  private final Target target = Door.of(gateway);

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void operatorsHearOfNodesThatComeAreKilledOrSignOff() throws SQLException {
    TestApp app = TestApp.create(target, "Watched");
    String ownersToken = app.control().controlToken(app.tenantId(), "owner");
    try (Listener operator = new Listener(target, target.operatorToken());
        Listener owner = new Listener(target, ownersToken)) {
      operator.await("ready");
      owner.await("ready");

      sql(
          "INSERT INTO nodes (id, version, seen_at) VALUES ('killed', '1.1', "
              + ALIVE
              + "), ('leaves', '1.2', "
              + ALIVE
              + ")");
      awaitNodes(operator, "killed 1.1 up", "leaves 1.2 up");

      sql("UPDATE nodes SET seen_at = now() - interval '13 seconds' WHERE id = 'killed'");
      awaitNodes(operator, "killed 1.1 up", "leaves 1.2 up", "killed 1.1 gone");

      sql("DELETE FROM nodes WHERE id = 'leaves'");
      sql("UPDATE nodes SET seen_at = " + ALIVE + " WHERE id = 'killed'");
      awaitNodes(
          operator,
          "killed 1.1 up",
          "leaves 1.2 up",
          "killed 1.1 gone",
          "leaves 1.2 gone",
          "killed 1.1 up");
      assertThat(nodes(owner)).isEmpty();
    }
  }

  /** Exactly these, in whatever order: one look may find several. */
  private static void awaitNodes(Listener listener, String... told) {
    Awaitility.await("word of nodes")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(nodes(listener)).containsExactlyInAnyOrder(told));
  }

  private static List<String> nodes(Listener listener) {
    return listener.frames().stream()
        .filter(frame -> frame.path("type").asText().equals("node"))
        .map(
            frame ->
                "%s %s %s"
                    .formatted(
                        frame.path("id").asText(),
                        frame.path("version").asText(),
                        frame.path("state").asText()))
        .toList();
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                TestPostgres.server().url(DATABASE),
                TestPostgres.server().user(),
                TestPostgres.server().password());
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }
}
