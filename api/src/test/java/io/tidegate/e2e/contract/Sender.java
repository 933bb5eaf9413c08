package io.tidegate.e2e.contract;

import io.tidegate.contract.Route;
import io.tidegate.e2e.contract.Line.Heard;
import io.tidegate.e2e.contract.Plan.Pair;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns plans into requests about what there is now, and sends them over lines that stay open. */
final class Sender implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  /** A poll that has nothing to tell waits, as documented. */
  private static final int POLL_MILLIS = 300;

  /** Streams that stay open, so that there are connections to list and to close. */
  private static final int OPEN_STREAMS = 4;

  /** Of what list, poll and change an earlier answer's word is good for. */
  private static final Map<String, String> GIVEN = Map.of("cursor", "next", "since", "since");

  private final World world;

  /** Who is there where no session is shown. */
  private final People.Person steady;

  private final Map<Integer, Line> lines = new HashMap<>();
  private final Deque<Line> streams = new ArrayDeque<>();

  /** By operation and parameter, the last one given. */
  private final Map<String, String> given = new HashMap<>();

  Sender(World world) {
    this.world = world;
    this.steady = world.people().operator();
  }

  Sent prepare(Plan made) {
    Route route = made.route();
    List<String> schemes = route.credentials().isEmpty() ? List.of("none") : route.credentials();
    String scheme = schemes.get(made.pick() % schemes.size());
    People.Person who = scheme.equals("session") ? world.people().operator() : steady;
    Plan plan = made.body() == null ? made : made.with(world.fitted(route, made.body(), who));
    Credential credential = world.credential(scheme, plan.caller(), plan.pick(), who);
    Map<String, String> values = values(plan, scheme, who);
    String path = Things.filled(route, values);
    if (plan.wild() != null && !values.isEmpty()) {
      String last = "{" + route.pathParameters().getLast() + "}";
      path =
          Things.filled(
                  new Route(
                      route.method(),
                      route.path().replace(last, "\u0001"),
                      route.operationId(),
                      route.role(),
                      route.operation(),
                      route.credentials(),
                      route.management(),
                      null),
                  values)
              .replace("\u0001", plan.wild());
      values = Map.of();
    }
    String query =
        plan.query().stream()
            .map(pair -> Rest.encode(pair.name()) + "=" + Rest.encode(known(plan, pair)))
            .collect(Collectors.joining("&"));
    String target = credential.in(query.isEmpty() ? path : path + "?" + query);
    List<Pair> headers = new ArrayList<>();
    plan.headers().forEach(header -> headers.add(new Pair(header.name(), known(plan, header))));
    if (credential.authorization() != null) {
      headers.add(new Pair("Authorization", credential.authorization()));
    }
    if (credential.cookie() != null) {
      headers.add(new Pair("Cookie", credential.cookie()));
      if (plan.pick() % 16 != 0) {
        Credential.CONSOLE.forEach((name, value) -> headers.add(new Pair(name, value)));
      }
    }
    if (route.operationId().matches("openWebSocket|openEvents") && plan.pick() % 8 != 0) {
      headers.add(new Pair("Upgrade", "websocket"));
      headers.add(new Pair("Connection", "Upgrade"));
      headers.add(new Pair("Sec-WebSocket-Version", "13"));
      headers.add(new Pair("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    }
    return new Sent(plan, values, "http://127.0.0.1:" + world.port(route), target, headers);
  }

  private Map<String, String> values(Plan plan, String scheme, People.Person who) {
    List<String> names = plan.route().pathParameters();
    if (names.equals(List.of("sessionId"))) {
      return Map.of("sessionId", who.session().toString());
    }
    if (names.isEmpty()) {
      return Map.of();
    }
    if (names.equals(List.of("channel")) || names.equals(List.of("clientId"))) {
      return Map.of(names.getFirst(), plan.channel());
    }
    if (names.equals(List.of("connectionId"))) {
      return world.things().oneOr(names, plan.pick(), Map.of("connectionId", "n1x7c2-8Yd0aQ"));
    }
    boolean mine = scheme.equals("controlToken") && names.size() == 1;
    return mine && !plan.route().method().equals("DELETE")
        ? world.own(names)
        : world.things().one(names, plan.pick());
  }

  /** What an earlier answer gave for this, half of the time. */
  private String known(Plan plan, Pair pair) {
    String key = plan.route().operationId() + " " + pair.name();
    return plan.pick() % 2 == 0 ? given.getOrDefault(key, pair.value()) : pair.value();
  }

  /** The answer; null where a poll waits. */
  @Nullable Heard send(Sent sent) {
    int port = world.port(sent.plan().route());
    boolean poll = sent.plan().route().operationId().equals("poll");
    try {
      Line line = lines.get(port);
      if (line == null || line.isOver()) {
        retire(line);
        line = new Line(port);
        lines.put(port, line);
      }
      Heard heard = line.ask(sent.bytes(), poll ? POLL_MILLIS : PATIENCE_MILLIS);
      remember(sent, heard);
      return heard;
    } catch (SocketTimeoutException e) {
      return poll ? null : unanswered(e);
    } catch (IOException e) {
      return unanswered(e);
    }
  }

  /** A fault like others, with a status that none has. */
  private static Heard unanswered(IOException why) {
    return new Heard(0, Map.of(), why.toString());
  }

  private void retire(@Nullable Line line) throws IOException {
    if (line != null && !line.isStream()) {
      line.close();
    } else if (line != null) {
      streams.add(line);
      if (streams.size() > OPEN_STREAMS) {
        streams.removeFirst().close();
      }
    }
  }

  private void remember(Sent sent, Heard heard) {
    if (heard.status() != 200 || !heard.body().startsWith("{")) {
      return;
    }
    String operation = sent.plan().route().operationId();
    GIVEN.forEach(
        (parameter, field) -> {
          String value = Json.read(heard.body()).path(field).asText("");
          if (!value.isEmpty() && !value.equals("null")) {
            given.put(operation + " " + parameter, value);
          }
        });
  }

  @Override
  public void close() {
    streams.addAll(lines.values());
    try {
      for (Line line : streams) {
        line.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
