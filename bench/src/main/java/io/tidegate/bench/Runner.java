package io.tidegate.bench;

import io.tidegate.bench.gateway.App;
import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.GatewayProcess;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.bench.gateway.RunningGateway;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.scenario.Lab;
import io.tidegate.bench.scenario.Scenario;
import io.tidegate.bench.scenario.Setting;
import io.tidegate.bench.scenario.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a scenario on one gateway, or on several fresh ones after each other. */
final class Runner {
  /** The flags every JVM of the project runs with. */
  private static final String FLAGS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -XX:+UseCompactObjectHeaders";

  static final List<Setting> SETTINGS =
      List.of(
          new Setting("gateways", "", "fresh gateways it is repeated on; empty: as it needs"),
          new Setting("loops", "1", "event loops of the generator"),
          new Setting("jar", "api/target/tidegate.jar", "the gateway to start"),
          new Setting("flags", FLAGS, "of the gateway's JVM"),
          new Setting("more-flags", "", "of the gateway's JVM, added"),
          new Setting("work", "bench/target/run", "folder for the gateway's data and log"),
          new Setting("url", "", "a running gateway, not started or ended here"),
          new Setting("pid", "0", "its process, for CPU and memory"),
          new Setting("time-limit", "900", "seconds until the run is broken off"));

  private static final String OPERATOR_TOKEN = "TIDEGATE_OPERATOR_TOKEN";

  private final Scenario scenario;
  private final Settings settings;

  Runner(Scenario scenario, Settings settings) {
    this.scenario = scenario;
    this.settings = settings;
  }

  Result run() throws Exception {
    int gateways = gateways();
    try (TimeLimit limit = new TimeLimit(settings.seconds("time-limit"))) {
      Result all = once(1);
      for (int i = 2; i <= gateways; i++) {
        all = all.with(once(i));
      }
      return all;
    }
  }

  private int gateways() {
    boolean running = !settings.text("url").isEmpty();
    if (settings.text("gateways").isEmpty()) {
      return running ? 1 : scenario.gateways();
    }
    int wanted = settings.number("gateways");
    if (wanted < 1 || wanted > 1 && running) {
      throw new IllegalArgumentException("--gateways wants 1 or more, with --url 1");
    }
    return wanted;
  }

  private Result once(int number) throws Exception {
    System.err.println(scenario.name() + ", gateway " + number);
    try (Gateway gateway = gateway();
        Loops loops = new Loops(settings.number("loops"))) {
      ControlPlane control = new ControlPlane(gateway);
      App app = control.createApp(NamespaceRules.EVERY_CLASS);
      try {
        return scenario.run(new Lab(gateway, app, loops), settings);
      } finally {
        leave(control, app);
      }
    }
  }

  /** A gateway of the run's own is thrown away; what cannot be deleted from another is told. */
  private void leave(ControlPlane control, App app) throws InterruptedException {
    if (!settings.text("url").isEmpty()) {
      try {
        control.delete(app);
      } catch (IOException | IllegalStateException e) {
        System.err.println("left behind on the gateway: tenant " + app.tenantId() + ": " + e);
      }
    }
  }

  private Gateway gateway() throws IOException, InterruptedException {
    String url = settings.text("url");
    if (!url.isEmpty()) {
      String token =
          Objects.requireNonNull(
              System.getenv(OPERATOR_TOKEN),
              "--url needs " + OPERATOR_TOKEN + " in the environment");
      return RunningGateway.at(URI.create(url), token, settings.number("pid"));
    }
    String flags = settings.text("flags") + " " + settings.text("more-flags");
    return GatewayProcess.start(
        Path.of(settings.text("jar")),
        List.of(flags.strip().split("\\s+")),
        Map.of(),
        Path.of(settings.text("work")));
  }
}
