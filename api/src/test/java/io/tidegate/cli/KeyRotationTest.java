package io.tidegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.TestGateway;
import io.tidegate.settings.SettingsException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyRotationTest {
  private static final String NEW_KEY =
      "9c41f08e7ad2533b6e10c8a7f4952bd0e3176a5f8c2d4b90a1e6f7380d5c2b4e";
  private static final Map<String, String> ROTATION = Map.of("TIDEGATE_NEW_MASTER_KEY", NEW_KEY);

  /** Seen in an hour, so that its lease does not end by itself. */
  private static final String INSERT_OF_A_NODE =
      "INSERT INTO nodes (id, version, seen_at) VALUES ('gone', 'x', now() + interval '1 hour')";

  private final Path data;

  KeyRotationTest(@TempDir Path data) {
    this.data = data;
  }

  private Map<String, String> withDemo() {
    return Map.of("TIDEGATE_DEMO", "true", "TIDEGATE_DATA", data.toString());
  }

  @Test
  void everySecretOpensWithTheNewKeyAndNoneWithTheOld() {
    String database = "cli_rotation";
    String key;
    try (TestGateway gateway = TestGateway.start(database, withDemo())) {
      key = gateway.gateway().demo().orElseThrow().credential();

      Command tooEarly = Command.run(database, "rotate-master-key", ROTATION);
      assertThat(tooEarly.exit()).isEqualTo(1);
      assertThat(tooEarly.output()).contains("a gateway is running").hasLineCount(1);
    }

    Command rotated = Command.run(database, "rotate-master-key", ROTATION);
    assertThat(rotated.output()).matches("(?s)sealed [1-9]\\d* secrets .*").doesNotContain(NEW_KEY);
    assertThat(rotated.exit()).isZero();
    Command again = Command.run(database, "rotate-master-key", ROTATION);
    assertThat(again.output()).contains("sealed with the new master key already");
    assertThat(again.exit()).isZero();

    assertThatThrownBy(() -> TestGateway.over(database, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("TIDEGATE_MASTER_KEY");
    try (TestGateway gateway = TestGateway.over(database, Map.of("TIDEGATE_MASTER_KEY", NEW_KEY))) {
      assertThat(publish(gateway, key).statusCode()).isEqualTo(201);
    }
  }

  private static HttpResponse<String> publish(TestGateway gateway, String key) {
    String basic = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        gateway
            .request("POST", "/v1/channels/room/messages", "{\"data\":1}")
            .header("Authorization", "Basic " + basic)
            .build();
    return gateway.send(request);
  }

  @Test
  void aSecretThatDoesNotOpenStopsItAndNothingIsChanged() throws SQLException {
    String database = "cli_rotation_broken";
    TestGateway.start(database, withDemo()).close();
    Command.sql(database, "UPDATE keys SET secret_sealed = secret_sealed || '\\x00'::bytea");

    Command rotated = Command.run(database, "rotate-master-key", ROTATION);

    assertThat(rotated.exit()).isEqualTo(1);
    assertThat(rotated.output()).contains("a row of keys does not open").contains("nothing was");
    TestGateway.over(database, Map.of()).close();
  }

  @Test
  void aNodeThatWasKilledCountsAsRunningUntilItsLeaseEnds() throws SQLException {
    String database = "cli_rotation_killed";
    TestGateway.start(database).close();
    Command.sql(database, INSERT_OF_A_NODE);

    assertThat(Command.run(database, "rotate-master-key", ROTATION).output())
        .contains("or was 12 s ago");
    Command.sql(database, "UPDATE nodes SET seen_at = now() - interval '13 seconds'");
    Awaitility.await()
        .until(() -> Command.run(database, "rotate-master-key", ROTATION).exit() == 0);
  }

  @Test
  void keysThatAreMissingTheSameOrWrongAreRefused() {
    String database = "cli_rotation_keys";
    TestGateway.start(database).close();
    String old = Command.environment(database, Map.of()).get("TIDEGATE_MASTER_KEY");

    assertRefused(database, Map.of(), "TIDEGATE_NEW_MASTER_KEY is not set");
    assertRefused(database, Map.of("TIDEGATE_NEW_MASTER_KEY", "short"), "is not 32 bytes");
    assertRefused(database, Map.of("TIDEGATE_NEW_MASTER_KEY", old), "is the master key already");
    String other = NEW_KEY.replace('9', '8');
    assertRefused(
        database,
        Map.of("TIDEGATE_NEW_MASTER_KEY", NEW_KEY, "TIDEGATE_MASTER_KEY", other),
        "is not the key that this database is sealed with");
  }

  private static void assertRefused(String database, Map<String, String> keys, String reason) {
    Command refused = Command.run(database, "rotate-master-key", keys);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains(reason).hasLineCount(1).doesNotContain(NEW_KEY);
  }
}
