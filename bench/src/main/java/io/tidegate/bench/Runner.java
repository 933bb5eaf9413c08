package io.tidegate.bench;

import io.tidegate.bench.gateway.App;
import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.scenario.Lab;
import io.tidegate.bench.scenario.Scenario;
import io.tidegate.bench.scenario.Setting;
import io.tidegate.bench.scenario.Settings;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Runs a scenario on one gateway, or on several fresh ones after each other. */
final class Runner {
  static final List<Setting> SETTINGS =
      Stream.concat(
              Stream.of(
                  new Setting(
                      "gateways", "", "fresh gateways it is repeated on; empty: as it needs"),
                  new Setting("loops", "1", "event loops of the generator"),
                  new Setting("time-limit", "900", "seconds until the run is broken off")),
              Gateways.SETTINGS.stream())
          .toList();

  private final Scenario scenario;
  private final Settings settings;
  private final Gateways gateways;

  Runner(Scenario scenario, Settings settings, Gateways gateways) {
    this.scenario = scenario;
    this.settings = settings;
    this.gateways = gateways;
  }

  Result run() throws Exception {
    int times = times();
    try (TimeLimit limit = new TimeLimit(settings.seconds("time-limit"))) {
      Result all = once(1);
      for (int i = 2; i <= times; i++) {
        all = all.with(once(i));
      }
      return all;
    }
  }

  private int times() {
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
    Gateway gateway = gateways.open(settings, scenario.nodes());
    try (Loops loops = new Loops(settings.number("loops"))) {
      ControlPlane control = new ControlPlane(gateway);
      App app = control.createApp(NamespaceRules.EVERY_CLASS);
      try {
        return scenario.run(new Lab(gateway, app, loops), settings);
      } finally {
        leave(control, app);
      }
    } finally {
      gateways.release(gateway);
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
}
