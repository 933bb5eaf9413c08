package io.tidegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.Application;
import io.tidegate.TestGateway;
import io.tidegate.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
  @Test
  void unknownCommandIsOneLineAndExitCode2() {
    Command unknown = Command.run("none", "start", Map.of());

    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.output()).isEqualTo("tidegate: no such command: tidegate help\n");
    assertThat(Command.run("none", "help", Map.of()).output()).contains("check-config");
  }

  @Test
  void aGoodConfigurationIsWellAndNothingIsMade(@TempDir Path data) throws SQLException {
    TestPostgres.freshDatabase("cli_check");
    Map<String, String> settings = Map.of("TIDEGATE_DATA", data.resolve("none").toString());

    Command first = Command.run("cli_check", "check-config", settings);
    assertThat(first.output()).contains("ok    tables: there are none yet").doesNotContain("fail");
    assertThat(first.exit()).isZero();
    assertThat(data).isEmptyDirectory();

    TestGateway.over("cli_check", Map.of()).close();
    Command second = Command.run("cli_check", "check-config", settings);
    assertThat(second.output()).contains("ok    master key").contains("ok    durability");
    assertThat(second.exit()).isZero();
  }

  @Test
  void whatIsWrongIsSaidWithoutAnySecret() throws SQLException {
    TestGateway.start("cli_check_wrong").close();
    Command.sql("cli_check_wrong", "ALTER DATABASE cli_check_wrong SET synchronous_commit = off");
    String otherKey = "9c41f08e7ad2533b6e10c8a7f4952bd0e3176a5f8c2d4b90a1e6f7380d5c2b4e";

    Command wrong =
        Command.run("cli_check_wrong", "check-config", Map.of("TIDEGATE_MASTER_KEY", otherKey));
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.output())
        .contains("fail  durability: synchronous_commit off")
        .contains("fail  master key")
        .doesNotContain(otherKey, TestPostgres.server().password());

    assertFails(Map.of("TIDEGATE_DATABASE_PASSWORD", "canary-of-a-password"), "authentication");
    assertFails(Map.of("TIDEGATE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/x"), "refused");
    assertFails(Map.of("TIDEGATE_OPERATOR_TOKEN", "tgo_canary"), "too weak");
    String inAddress = TestPostgres.server().url("cli_check_wrong") + "?password=canary";
    assertFails(
        Map.of("TIDEGATE_DATABASE_URL", inAddress, "TIDEGATE_DATABASE_PASSWORD", ""),
        "authentication");
  }

  @Test
  void whatWebhooksMayReachIsChecked() throws SQLException {
    TestPostgres.freshDatabase("cli_check_webhooks");
    Command metadata = allowing("169.254.0.0/16");
    assertThat(metadata.exit()).isEqualTo(1);
    assertThat(metadata.output())
        .contains("fail  webhooks: TIDEGATE_WEBHOOK_ALLOW: 169.254.0.0/16 is never called");
    assertThat(allowing("http://x").output()).contains("fail  settings: TIDEGATE_WEBHOOK_ALLOW: ");

    Command loopback = allowing("127.0.0.0/8,hooks.internal");
    assertThat(loopback.exit()).isZero();
    assertThat(loopback.output())
        .contains("warn  webhooks: TIDEGATE_WEBHOOK_ALLOW lets tenants call");
    assertThat(allowing("10.0.0.0/8").output()).doesNotContain("webhooks");
  }

  private static Command allowing(String allow) {
    return Command.run(
        "cli_check_webhooks", "check-config", Map.of("TIDEGATE_WEBHOOK_ALLOW", allow));
  }

  private static void assertFails(Map<String, String> settings, String reason) {
    Command failed = Command.run("cli_check_wrong", "check-config", settings);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.output()).contains("fail  ").contains(reason).doesNotContain("canary");
  }

  @Test
  void restoredBeginsANewGenerationOnce() throws SQLException {
    String database = "cli_restored";
    try (TestGateway gateway = TestGateway.start(database)) {
      assertThat(Command.run(database, "restored", Map.of()).output())
          .contains("a gateway is running");
    }
    long before = generation(database);

    Command restored = Command.run(database, "restored", Map.of());

    assertThat(restored.output()).startsWith("every durable channel begins a new epoch");
    assertThat(restored.exit()).isZero();
    assertThat(generation(database)).isGreaterThan(before);
    TestPostgres.freshDatabase("cli_empty");
    assertThat(Command.run("cli_empty", "restored", Map.of()).output())
        .isEqualTo("tidegate: no gateway was ever started over this database\n");
  }

  private static long generation(String database) throws SQLException {
    try (var connection = Command.connect(database);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery("SELECT coalesce(max(generation), 0) FROM log_generations")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void processEndsWithTheCommandsExitCode() throws Exception {
    assertThat(process("help").exit()).isZero();
    Command unknown = process("nonsense");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.output()).hasLineCount(1);
    TestPostgres.freshDatabase("cli_process");
    Command check = process("check-config");
    assertThat(check.output().lines()).allMatch(line -> line.matches("(ok|warn|fail) .*"));
    assertThat(check.exit()).isZero();
  }

  private static Command process(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName(),
            command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    builder.environment().putAll(Command.environment("cli_process", Map.of()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Command(process.exitValue(), output);
  }
}
