package io.tidegate.e2e.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.Route;
import io.tidegate.e2e.contract.Line.Heard;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is in the gateway as far as its answers have told: the values that paths are made of.
 * Where all of a kind are gone, one more is made of the contract's example.
 */
final class Things {
  /** Few: of what went with what it was in nothing is told, and it is found out one by one. */
  private static final int MAX_OF_A_KIND = 8;

  private final List<Route> routes;
  private final Rest operator;

  /** By the names of the path's parameters. */
  private final Map<List<String>, List<Map<String, String>>> known = new HashMap<>();

  /** Ids of what the run itself stands on, so that no request deletes it. */
  private final Set<String> kept = new HashSet<>();

  Things(List<Route> routes, Rest operator) {
    this.routes = routes;
    this.operator = operator;
  }

  void keep(String... ids) {
    kept.addAll(List.of(ids));
  }

  void add(Map<String, String> values) {
    List<Map<String, String>> all = all(List.copyOf(values.keySet()));
    if (!all.contains(values)) {
      all.add(values);
    }
    if (all.size() > MAX_OF_A_KIND) {
      all.removeFirst();
    }
  }

  /** One of those that a path with these parameters can be about. */
  Map<String, String> one(List<String> names, int pick) {
    if (names.isEmpty()) {
      return Map.of();
    }
    List<Map<String, String>> all = all(names);
    if (all.isEmpty()) {
      make(names);
    }
    return all.get(pick % all.size());
  }

  /** The same; this, where none is known. */
  Map<String, String> oneOr(List<String> names, int pick, Map<String, String> otherwise) {
    List<Map<String, String>> all = all(names);
    return all.isEmpty() ? otherwise : all.get(pick % all.size());
  }

  private List<Map<String, String>> all(List<String> names) {
    return known.computeIfAbsent(names, none -> new ArrayList<>());
  }

  private void make(List<String> names) {
    Route child =
        routes.stream()
            .filter(route -> route.pathParameters().equals(names) && route.path().endsWith("}"))
            .findFirst()
            .orElseThrow();
    String parent = child.path().substring(0, child.path().lastIndexOf("/{"));
    String kind = parent.substring(parent.lastIndexOf('/'));
    Route create =
        routes.stream()
            .filter(route -> route.method().equals("POST") && route.path().endsWith(kind))
            .findFirst()
            .orElse(null);
    if (create == null) {
      Map<String, String> values = new LinkedHashMap<>(one(names.subList(0, names.size() - 1), 0));
      values.put(names.getLast(), "made");
      operator.put(filled(child, values), example(child, "PUT"));
      add(values);
      return;
    }
    Map<String, String> values = one(create.pathParameters(), 0);
    // Nobody is invited twice.
    String body =
        String.valueOf(create.exampleRequest())
            .replaceFirst("\"email\":\"", "\"email\":\"made" + System.nanoTime());
    Answer answer = operator.post(filled(create, values), body);
    if (answer.status() == 404 && mayBeGone(values)) {
      // It went with what it was in: found out now. The next is made in another, or in a new one.
      forget(values);
      make(names);
      return;
    }
    learn(create, values, Json.read(answer.expect(201).body()));
  }

  private String example(Route child, String method) {
    return routes.stream()
        .filter(route -> route.path().equals(child.path()) && route.method().equals(method))
        .map(Route::exampleRequest)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  static String filled(Route route, Map<String, String> values) {
    String path = route.path();
    for (String name : route.pathParameters()) {
      path = path.replace("{" + name + "}", Rest.encode(values.getOrDefault(name, "")));
    }
    return path;
  }

  /** Takes in what the answer says that there is, or is no longer. */
  void learn(Sent sent, Heard heard) {
    Route route = sent.plan().route();
    boolean usual = sent.plan().method().equals(route.method());
    if (!usual || sent.values().isEmpty() && !route.pathParameters().isEmpty()) {
      return;
    }
    boolean gone = heard.status() == 204 && route.operationId().startsWith("delete");
    if (gone || heard.status() == 404 && sent.plan().caller() == Plan.Caller.RIGHT) {
      forget(sent.values());
    } else if (heard.status() / 100 == 2 && heard.body().startsWith("{")) {
      learn(route, sent.values(), Json.read(heard.body()));
    }
  }

  private void forget(Map<String, String> values) {
    if (mayBeGone(values)) {
      known
          .values()
          .forEach(all -> all.removeIf(one -> one.entrySet().containsAll(values.entrySet())));
    }
  }

  private boolean mayBeGone(Map<String, String> values) {
    return !values.isEmpty() && values.values().stream().noneMatch(kept::contains);
  }

  private void learn(Route route, Map<String, String> values, JsonNode body) {
    if (route.method().equals("PUT")) {
      addUnlessKept(values);
      return;
    }
    List<String> names = children(route);
    if (names == null) {
      return;
    }
    for (JsonNode item : body.has("items") ? body.path("items") : List.of(body)) {
      Map<String, String> child = new LinkedHashMap<>();
      for (String name : names) {
        child.put(name, values.getOrDefault(name, ""));
      }
      child.put(names.getLast(), item.path(item.has("id") ? "id" : "name").asText());
      if (!child.containsValue("")) {
        addUnlessKept(child);
      }
    }
  }

  private void addUnlessKept(Map<String, String> values) {
    if (!values.isEmpty() && !kept.contains(List.copyOf(values.values()).getLast())) {
      add(values);
    }
  }

  /** What a path to one of the things that this route makes or lists is made of. */
  private @Nullable List<String> children(Route route) {
    String kind = route.path().substring(route.path().lastIndexOf('/'));
    return routes.stream()
        .filter(child -> child.path().contains(kind + "/{") && child.path().endsWith("}"))
        .filter(
            child ->
                child.path().lastIndexOf("/{") == child.path().indexOf(kind + "/{") + kind.length())
        .map(Route::pathParameters)
        .findFirst()
        .orElse(null);
  }
}
