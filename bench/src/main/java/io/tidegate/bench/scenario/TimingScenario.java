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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
        new Setting("routes", "", "those whose method and path contain this; empty: all"),
        new Setting("warmup-requests", "300", "of each kind, for each route, before"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    ControlPlane control = lab.control();
    App foreign = control.createApp(NamespaceRules.EVERY_CLASS);
    List<ByIdRoute> routes =
        ByIdRoute.of(control.contract()).stream()
            .filter(route -> route.toString().contains(settings.text("routes")))
            .toList();
    Verdict verdict = new Verdict();
    Figures figures = new Figures();
    String owner = control.controlToken(lab.app().tenantId(), "owner").authorization();
    ControlToken token = control.controlToken(foreign.tenantId(), "viewer");
    try (ControlPlane.LiveConnection live = control.connect(foreign);
        BlockingLine line = new BlockingLine(lab.backend().remote())) {
      Map<String, String> foreignIds = ids(foreign, token.id(), live.connectionId());
      Map<String, String> absentIds = absent(foreign);
      Map<ByIdRoute, Pair> pairs = new LinkedHashMap<>();
      for (ByIdRoute route : routes) {
        String who = route.control() ? owner : lab.app().keyAuthorization();
        pairs.put(
            route,
            new Pair(
                BlockingLine.request(route.method(), route.with(absentIds), who, route.body()),
                BlockingLine.request(route.method(), route.with(foreignIds), who, route.body())));
      }
      for (int round = -1; round < settings.number("rounds"); round++) {
        Lab.say(round < 0 ? "warm-up" : "round " + (round + 1));
        int requests = settings.number(round < 0 ? "warmup-requests" : "requests");
        for (ByIdRoute route : routes) {
          Pair pair = Objects.requireNonNull(pairs.get(route));
          pair.ask(line, requests, route, verdict);
          if (round < 0) {
            pair.forget();
          }
        }
      }
      pairs.forEach((route, pair) -> pair.tell(route, figures));
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
            "p50 of the requests of all rounds; the difference is in parts of the smaller one",
            "channels and clients are named within an app: another app's are like unused ones"));
  }

  private static final Map<String, String> ABSENT =
      Map.ofEntries(
          Map.entry("tenantId", "0197f3c2-6b1e-7c3a-9d52-000000000000"),
          Map.entry("keyId", "k9"),
          Map.entry("name", "nothing"),
          Map.entry("webhookId", "0197f3c4-0a77-7f21-b0c1-000000000001"),
          Map.entry("deliveryId", "0197f3c4-0a77-7f21-b0c1-000000000002"),
          Map.entry("hookId", "0197f3c4-0a77-7f21-b0c1-000000000003"),
          Map.entry("memberId", "0197f3c4-0a77-7f21-b0c1-000000000004"),
          Map.entry("tokenId", "0197f3c4-0a77-7f21-b0c1-000000000000"),
          Map.entry("channel", "window:absent1"),
          Map.entry("connectionId", "nobody-AAAAAAAAAAAA"),
          Map.entry("clientId", "absent1"));

  /** As long as the foreign ones: a longer request may be read in two steps, and tells nothing. */
  private static Map<String, String> absent(App foreign) {
    Map<String, String> ids = new HashMap<>(ABSENT);
    ids.put("appId", "9".repeat(foreign.appId().length()));
    return ids;
  }

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

  /** The two requests of a route, and how long each answer took, in microseconds. */
  private static final class Pair {
    private final byte[] absent;
    private final byte[] foreign;
    private final List<Double> absentTook = new ArrayList<>();
    private final List<Double> foreignTook = new ArrayList<>();

    Pair(byte[] absent, byte[] foreign) {
      this.absent = absent;
      this.foreign = foreign;
    }

    /**
     * In turn, so that whatever else happens falls on both; who is first changes, so that being
     * first does too.
     */
    void ask(BlockingLine line, int requests, ByIdRoute route, Verdict verdict) throws IOException {
      for (int i = 0; i < requests; i++) {
        boolean absentFirst = i % 2 == 0;
        int one = ask(line, absentFirst ? absent : foreign, absentFirst ? absentTook : foreignTook);
        int other =
            ask(line, absentFirst ? foreign : absent, absentFirst ? foreignTook : absentTook);
        if (one != other || one == 429 || one >= 500) {
          verdict.fault(route + " was answered " + one + " and " + other);
        }
      }
    }

    private static int ask(BlockingLine line, byte[] request, List<Double> took)
        throws IOException {
      long begin = System.nanoTime();
      int status = line.ask(request);
      took.add((System.nanoTime() - begin) / 1e3);
      return status;
    }

    void forget() {
      absentTook.clear();
      foreignTook.clear();
    }

    void tell(ByIdRoute route, Figures figures) {
      double one = median(absentTook);
      double other = median(foreignTook);
      double percent = 100 * Math.abs(other - one) / Math.min(one, other);
      figures.add(route.toString(), "absent, p50", "us", one);
      figures.add(route.toString(), "foreign, p50", "us", other);
      figures.add(route.toString(), "difference", "%", percent, Goal.atMost(PERCENT_GOAL));
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
  }
}
