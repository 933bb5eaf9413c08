package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.Storm;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGTERM of one node while the other goes on: its clients move there, and miss nothing. */
@ProcessTest
final class NodesAreReplacedOneByOneIT {
  @SuppressWarnings("NullAway.Init")
  private TwoProcesses nodes;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    nodes = TwoProcesses.start("replaced");
    app = TestApp.create(nodes.balancer(), "Replaced");
    app.namespace("storm", "{'pattern':'storm:*','durability':'durable'}");
    app.namespace("room", "{'pattern':'room:*','durability':'durable'}");
    app.at(nodes.first()).publisher().numbers("room:known", 1);
    app.at(nodes.second()).publisher().numbers("room:known", 1);
    // Until new rules are in effect everywhere, a channel may move by them.
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                nodes
                    .ask("SELECT count(*) FROM namespace_changes WHERE app_id = " + app.id())
                    .equals(List.of("0")));
  }

  @AfterAll
  void stop() {
    if (nodes != null) {
      nodes.close();
    }
  }

  @Test
  void nodesThatStartTogetherMigrateOnce() throws SQLException {
    List<String> versions =
        nodes.ask("SELECT version FROM flyway_schema_history WHERE success AND version <> ''");

    assertThat(versions).isNotEmpty().doesNotHaveDuplicates();
    assertThat(nodes.ask("SELECT version FROM flyway_schema_history WHERE NOT success")).isEmpty();
  }

  @Test
  void aRollingRestartUnderLoadLosesNothing() {
    try (Storm one = Storm.begin(app, "roll-1")) {
      one.awaitSettled(500);
      nodes.roll(nodes.first());
      try (Storm other = Storm.begin(app, "roll-2")) {
        other.awaitSettled(500);
        nodes.roll(nodes.second());
        one.awaitSettled(Storm.PUBLISHES);
        other.awaitSettled(Storm.PUBLISHES);
        // Whichever nodes they were at, both have been restarted.
        assertThat(one.reconnects()).isGreaterThanOrEqualTo(2);
        one.assertKept();
        other.assertKept();
      }
    }
  }
}
