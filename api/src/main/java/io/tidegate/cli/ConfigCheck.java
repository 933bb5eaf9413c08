package io.tidegate.cli;

import io.tidegate.settings.Database;
import io.tidegate.settings.Settings;
import io.tidegate.settings.SettingsException;
import io.tidegate.settings.WebhookAllow;
import io.tidegate.webhook.send.Guard;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** {@code check-config}: looks at everything that a start needs, and says what it finds. */
final class ConfigCheck {
  private final Map<String, String> environment;
  private final Findings findings;

  ConfigCheck(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.findings = new Findings(out);
  }

  /** Whether a gateway would start. */
  boolean run() {
    Settings settings;
    try {
      settings = Settings.inspect(environment);
    } catch (SettingsException e) {
      findings.fail("settings", String.valueOf(e.getMessage()));
      return false;
    }
    findings.ok("settings", "every TIDEGATE_* is readable; secrets are strong enough");
    port("TIDEGATE_PORT", settings.host(), settings.port());
    port("TIDEGATE_MANAGEMENT_PORT", settings.managementHost(), settings.managementPort());
    if (!isLoopback(settings.managementHost())) {
      findings.warn(
          "management", "health and metrics need no credential: keep strangers from that address");
    }
    webhooks(settings.webhookAllow());
    Database database = settings.database();
    if (database == null) {
      folder(settings.data());
    } else {
      database(settings, database);
    }
    return findings.allWell();
  }

  private void webhooks(WebhookAllow allow) {
    try {
      if (new Guard(allow).opensLoopback()) {
        findings.warn(
            "webhooks", "TIDEGATE_WEBHOOK_ALLOW lets tenants call what listens on this machine");
      }
    } catch (SettingsException e) {
      findings.fail("webhooks", String.valueOf(e.getMessage()));
    }
  }

  private void port(String name, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      findings.ok(name, "free");
    } catch (IOException | IllegalArgumentException e) {
      findings.warn(name, "cannot listen on " + host + ":" + port + " now: is a gateway running?");
    }
  }

  private void folder(Path data) {
    Path existing = data;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      findings.fail("data", existing + " is not a folder that can be written to");
    } else if (Files.exists(data.resolve("postgres"))) {
      findings.ok("data", "the embedded database and its secrets are in " + data);
    } else {
      findings.ok("data", "the first start makes a database and secrets in " + data);
    }
  }

  private void database(Settings settings, Database database) {
    if (settings.demo()) {
      findings.warn("demo", "TIDEGATE_DEMO is on: its key is made for anyone who tries the page");
    }
    try (Connection connection = JdbcStopped.connect(database)) {
      new JdbcDatabaseCheck(connection, findings).run(settings);
    } catch (SQLException e) {
      findings.fail("database", Cli.oneLine(e));
    }
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }
}
