package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.App;
import io.tidegate.bench.gateway.ByIdRoute;
import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.ControlPlane.ControlToken;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.bench.net.BlockingLine;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the time of an answer tells another tenant's ids from those that nobody has. */
final class TimingScenario implements Scenario {
  /** Of the smaller median: docs/security.md, 29. */
  private static final double PERCENT_GOAL = 5;

  @Override
  public String name() {
    return "timing";
  }

  @Override
  public String purpose() {
    return "Every route of the contract that names a thing is asked for one that nobody has and for another"
        + " tenant's, in turn, one request at a time: the medians may not tell which is which";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("requests", "500", "of each kind, for each route and round"),
        new Setting("rounds", "5", "of all routes"),
        new Setting("warmup-requests", "300", "of each kind, for each route, before"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    ControlPlane control = lab.control();
    App foreign = control.createApp(NamespaceRules.EVERY_CLASS);
    List<ByIdRoute> routes = ByIdRoute.of(control.contract());
    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    String owner = control.controlToken(lab.app().tenantId(), "owner").authorization();
    ControlToken token = control.controlToken(foreign.tenantId(), "viewer");
    try (ControlPlane.LiveConnection live = control.connect(foreign);
        BlockingLine line = new BlockingLine(lab.backend().remote())) {
      Map<String, String> foreignIds = ids(foreign, token.id(), live.connectionId());
      for (int round = -1; round < settings.number("rounds"); round++) {
        Lab.say(round < 0 ? "warm-up" : "round " + (round + 1));
        int requests = settings.number(round < 0 ? "warmup-requests" : "requests");
        for (ByIdRoute route : routes) {
          String who = route.control() ? owner : lab.app().keyAuthorization();
          Pair pair =
              new Pair(
                  BlockingLine.request(route.method(), route.with(ABSENT), who, route.body()),
                  BlockingLine.request(route.method(), route.with(foreignIds), who, route.body()));
          pair.ask(line, requests, route, verdict);
          if (round >= 0) {
            pair.tell(route, figures);
          }
        }
      }
    } finally {
      control.delete(foreign);
    }
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of(
            "difference: of the medians, in parts of the smaller one; foreign against absent",
            "channels and clients are named within an app: another app's are like unused ones"));
  }

  private static final Map<String, String> ABSENT =
      Map.of(
          "tenantId", "0197f3c2-6b1e-7c3a-9d52-000000000000",
          "appId", "999999999999",
          "keyId", "k9",
          "name", "nothing",
          "tokenId", "0197f3c4-0a77-7f21-b0c1-000000000000",
          "channel", "window:absent1",
          "connectionId", "nobody-AAAAAAAAAAAA",
          "clientId", "absent1");

  private static Map<String, String> ids(App foreign, String tokenId, String connectionId) {
    Map<String, String> ids = new HashMap<>(ABSENT);
    ids.put("tenantId", foreign.tenantId());
    ids.put("appId", foreign.appId());
    ids.put("keyId", "k1");
    ids.put("name", "durable");
    ids.put("tokenId", tokenId);
    ids.put("channel", "window:foreign");
    ids.put("connectionId", connectionId);
    ids.put("clientId", "foreign");
    return ids;
  }

  /** The two requests of a route, and how long each answer took. */
  private static final class Pair {
    private final byte[] absent;
    private final byte[] foreign;
    private double[] absentMicros = {};
    private double[] foreignMicros = {};

    Pair(byte[] absent, byte[] foreign) {
      this.absent = absent;
      this.foreign = foreign;
    }

    /** In turn, so that whatever else happens falls on both. */
    void ask(BlockingLine line, int requests, ByIdRoute route, Verdict verdict) throws IOException {
      absentMicros = new double[requests];
      foreignMicros = new double[requests];
      for (int i = 0; i < requests; i++) {
        long begin = System.nanoTime();
        int one = line.ask(absent);
        long middle = System.nanoTime();
        int other = line.ask(foreign);
        long end = System.nanoTime();
        absentMicros[i] = (middle - begin) / 1e3;
        foreignMicros[i] = (end - middle) / 1e3;
        if (one != other || one == 429 || one >= 500) {
          verdict.fault(route + " was answered " + one + " for absent, " + other + " for foreign");
        }
      }
    }

    void tell(ByIdRoute route, Figures figures) {
      double one = median(absentMicros);
      double other = median(foreignMicros);
      double percent = 100 * Math.abs(other - one) / Math.min(one, other);
      figures.add(route.toString(), "absent, p50", "us", one);
      figures.add(route.toString(), "foreign, p50", "us", other);
      figures.add(route.toString(), "difference", "%", percent, Goal.atMost(PERCENT_GOAL));
    }

    private static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
