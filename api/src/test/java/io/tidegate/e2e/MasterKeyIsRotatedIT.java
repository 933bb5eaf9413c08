package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.CommandRun;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code rotate-master-key} of an installation that keeps database and secrets in its folder. */
@ProcessTest
final class MasterKeyIsRotatedIT {
  private static final String NEW_KEY = "pBn3W0yQ2kqVx1oT5f9sZr7LhJcMd8EuGaXiYvCwDgM=";
  private static final Map<String, String> ROTATION = Map.of("TIDEGATE_NEW_MASTER_KEY", NEW_KEY);

  /** A node that was killed counts as running for 12 s; a start of the database comes on top. */
  private static final Duration LEASE_ENDS_WITHIN = Duration.ofSeconds(90);

  private static final Duration LEASE = Duration.ofSeconds(12);

  /** It is renewed each 2 s, and by a busy machine somewhat later. */
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(8);

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @BeforeAll
  void start() {
    gateway = GatewayProcess.start("rotation");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void whatWasSealedWithTheOldKeyOpensWithTheNewOne() throws IOException {
    TestApp app = TestApp.create(gateway, "Sealed");
    app.namespace("kept", "{'pattern':'kept:*','durability':'durable'}");
    app.publisher().numbers("kept:1", 3);
    String token = app.token("ada", "{'*':['history']}");
    String oldKey = Files.readString(keyFile()).strip();

    CommandRun whileItRuns = gateway.command("rotate-master-key", ROTATION);
    assertThat(whileItRuns.output()).contains("in use by another running gateway").hasLineCount(1);
    assertThat(whileItRuns.exit()).isEqualTo(1);

    // Killed, it leaves its database running and its lease to end.
    long killed = System.nanoTime();
    gateway.kill9();
    CommandRun rotated =
        Awaitility.await("the lease of the killed node ends")
            .atMost(LEASE_ENDS_WITHIN)
            .until(this::rotate, run -> run.exit() == 0);
    assertThat(Duration.ofNanos(System.nanoTime() - killed))
        .isGreaterThan(LEASE.minus(BETWEEN_BEATS));
    assertThat(rotated.output())
        .matches("(?s)sealed [1-9]\\d* secrets .*nothing more to set\n")
        .doesNotContain(NEW_KEY, oldKey);
    assertThat(gateway.database().isAlive()).as("the database goes with the command").isFalse();
    assertThat(keyFile()).hasContent(NEW_KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
        .isEqualTo("rw-------");

    // A crash before the last step leaves the old key in the file: once more finishes it.
    Files.writeString(keyFile(), oldKey);
    CommandRun again = gateway.command("rotate-master-key", ROTATION);
    assertThat(again.output()).contains("sealed with the new master key already");
    assertThat(again.exit()).isZero();
    assertThat(keyFile()).hasContent(NEW_KEY);
    assertThat(gateway.command("rotate-master-key", ROTATION).output())
        .isEqualTo("tidegate: TIDEGATE_NEW_MASTER_KEY is the master key already\n");

    gateway.restart();
    app.publisher().numbers("kept:1", 1);
    assertThat(app.history("kept:1").forward(10)).hasSize(4);
    new Rest(gateway, Credential.bearer(token)).get("/v1/channels/kept:1/messages").expect(200);
    TestApp.create(gateway, "Later").publisher().numbers("any", 1);
  }

  /** As often as it is too early it says why; how often that is, depends on the machine. */
  private CommandRun rotate() {
    CommandRun run = gateway.command("rotate-master-key", ROTATION);
    if (run.exit() != 0) {
      assertThat(run.output()).contains("12 s ago");
    }
    return run;
  }

  private Path keyFile() {
    return gateway.data().resolve("secrets").resolve("master-key");
  }
}
