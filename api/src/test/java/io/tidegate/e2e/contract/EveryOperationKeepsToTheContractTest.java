package io.tidegate.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.contract.OpenApiContract;
import io.tidegate.contract.Route;
import io.tidegate.contract.Shapes;
import io.tidegate.e2e.contract.Line.Heard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/**
 * Made-up requests, good ones, nearly good ones and hostile ones, to every operation of the
 * contract: whatever is asked, the answer is one that is documented, no fault of the gateway, and
 * tells no secret. {@code -Dtidegate.contract.requests} says how many, {@code
 * -Dtidegate.contract.seed} which; the same seed makes the same requests.
 */
final class EveryOperationKeepsToTheContractTest {
  private static final int REQUESTS = Integer.getInteger("tidegate.contract.requests", 2_000);
  private static final long SEED = Long.getLong("tidegate.contract.seed", 6);

  /** Faults of one kind are one finding; more kinds than this are not told. */
  private static final int MAX_FINDINGS = 20;

  /** Requests sent to find a smaller one with the same fault. */
  private static final int MAX_SHRINKS = 80;

  /** Requests beyond {@link #REQUESTS} to operations that were not yet seen to do and to refuse. */
  private static final int MORE = 3_000;

  /** How often the token of the run is another one. */
  private static final int REFRESH = 50;

  private final OpenApiContract contract = OpenApiContract.load();
  private final Map<String, String> findings = new LinkedHashMap<>();

  /** By operation, how often each status was answered to it. */
  private final Map<String, Map<Integer, Integer>> answers = new TreeMap<>();

  @Test
  void whateverIsAsked() {
    JqwikSession.run(this::run);
    System.out.println("contract run, seed " + SEED + ": " + answers);
    assertThat(findings.values()).as("seed %d, %d requests", SEED, REQUESTS).isEmpty();
    assertThat(uncovered())
        .extracting(Route::operationId)
        .as("operations without a 2xx or a 4xx: %s", answers)
        .isEmpty();
  }

  private void run() {
    List<Route> routes = contract.routes();
    try (World world = new World(routes);
        Sender sender = new Sender(world)) {
      Verdict verdict = new Verdict(contract, world.secrets());
      Plans plans = new Plans(Shapes.load());
      List<Route> turns = routes;
      for (int i = 0; findings.size() < MAX_FINDINGS && !turns.isEmpty(); i++) {
        if (i % REFRESH == 0) {
          world.refresh();
        }
        if (i >= REQUESTS && (i - REQUESTS) % routes.size() == 0) {
          turns = i < REQUESTS + MORE ? uncovered() : List.of();
          if (turns.isEmpty()) {
            break;
          }
        }
        Route route = turns.get(i % turns.size());
        Shrinkable<Plan> made = plans.next(route, new Random(SEED * 1_000_003 + i));
        List<String> faults = ask(world, sender, verdict, made.value());
        if (!faults.isEmpty()) {
          find(i, kind(route, faults), made, candidate -> ask(world, sender, verdict, candidate));
        }
      }
      assertThat(world.secrets().count()).as("secrets that were looked for").isGreaterThan(50);
    }
  }

  private interface Asking {
    List<String> faults(Plan plan);
  }

  private String last = "";

  private List<String> ask(World world, Sender sender, Verdict verdict, Plan plan) {
    Sent sent = sender.prepare(plan);
    Heard heard = sender.send(sent);
    if (heard == null) {
      return List.of();
    }
    if (plan.method().equals(plan.route().method())) {
      answers
          .computeIfAbsent(plan.route().operationId(), none -> new TreeMap<>())
          .merge(heard.status(), 1, Integer::sum);
    }
    List<String> faults = verdict.faults(sent, heard);
    world.things().learn(sent, heard);
    if (!faults.isEmpty()) {
      last =
          faults
              + "\n"
              + sent.curl()
              + "\nanswered "
              + heard.status()
              + " "
              + heard.headers()
              + "\n"
              + heard.body();
    }
    return faults;
  }

  /** Keeps the smallest request that is found with a fault of this kind. */
  private void find(int number, String kind, Shrinkable<Plan> made, Asking asking) {
    if (findings.containsKey(kind)) {
      return;
    }
    String smallest = last;
    Shrinkable<Plan> smaller = made;
    int tried = 0;
    boolean shrunk = true;
    while (shrunk && tried < MAX_SHRINKS) {
      shrunk = false;
      List<Shrinkable<Plan>> candidates = new ArrayList<>();
      smaller.shrink().limit(MAX_SHRINKS - tried).forEach(candidates::add);
      for (Shrinkable<Plan> candidate : candidates) {
        tried++;
        List<String> faults = asking.faults(candidate.value());
        if (!faults.isEmpty() && kind(candidate.value().route(), faults).equals(kind)) {
          smaller = candidate;
          smallest = last;
          shrunk = true;
          break;
        }
      }
    }
    findings.put(kind, "\nrequest " + number + " of seed " + SEED + ": " + smallest + "\n");
  }

  private static String kind(Route route, List<String> faults) {
    String first = faults.getFirst();
    return route.operationId() + first.substring(first.indexOf(": ") + 1).replaceAll("[0-9]+", "#");
  }

  /** Operations that have not answered both a good request and a bad one. */
  private List<Route> uncovered() {
    List<Route> uncovered = new ArrayList<>();
    for (Route route : contract.routes()) {
      Map<Integer, Integer> statuses = answers.getOrDefault(route.operationId(), Map.of());
      boolean good = statuses.keySet().stream().anyMatch(status -> status < 300);
      boolean refused = statuses.keySet().stream().anyMatch(status -> status / 100 == 4);
      if (!good || !refused) {
        uncovered.add(route);
      }
    }
    return uncovered;
  }
}
