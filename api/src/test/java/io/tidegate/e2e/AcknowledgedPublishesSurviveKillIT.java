package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.DatabaseProcess;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 in the middle of 5,000 durable publishes: what was acknowledged is in history exactly
 * once, seqs have no holes, what was refused is not there, what is unknown at most once, and
 * subscribers go on without gap or duplicate.
 */
@ProcessTest
final class AcknowledgedPublishesSurviveKillIT {
  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    gateway = GatewayProcess.start("kill");
    app = TestApp.create(gateway, "Storm");
    app.namespace("storm", "{'pattern':'storm:*','durability':'durable'}");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 2_300, 4_100})
  void whenTheGatewayIsKilled(int settledBefore) {
    try (Storm storm = Storm.begin(app, "gateway-" + settledBefore)) {
      storm.awaitSettled(settledBefore);
      gateway.kill9();
      gateway.restart();

      assertThat(gateway.database().show("fsync")).isEqualTo("on");
      assertThat(gateway.database().show("full_page_writes")).isEqualTo("on");
      assertThat(gateway.database().show("synchronous_commit")).isEqualTo("on");
      storm.awaitSettled(Storm.PUBLISHES);
      assertThat(storm.troubled()).as("publishes that met the kill").isPositive();
      storm.assertKept();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 2_300, 4_100})
  void whenPostgresIsKilled(int settledBefore) {
    try (Storm storm = Storm.begin(app, "database-" + settledBefore)) {
      storm.awaitSettled(settledBefore);
      DatabaseProcess database = gateway.database();
      long killed = database.pid();
      database.holdCommits();
      Awaitility.await("a COMMIT is under way")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> database.heldCommits() > 0);
      database.kill9();

      Awaitility.await("PostgreSQL is back")
          .atMost(Duration.ofSeconds(60))
          .until(() -> database.pid() != killed && database.isAlive());
      storm.awaitSettled(Storm.PUBLISHES);
      assertThat(gateway.isAlive()).isTrue();
      assertThat(database.show("fsync")).isEqualTo("on");
      assertThat(database.show("synchronous_standby_names")).isEmpty();
      storm.assertKept();
      // A COMMIT met the kill: its outcome was found out, or its publishers were told to find out.
      boolean isFoundOut = gateway.output().contains("whose answer was lost turned out COMMITTED");
      assertThat(isFoundOut || storm.unknown() > 0).isTrue();
    }
  }
}
