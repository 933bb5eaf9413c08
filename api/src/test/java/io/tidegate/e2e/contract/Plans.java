package io.tidegate.e2e.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.Route;
import io.tidegate.contract.Shapes;
import io.tidegate.contract.Spoilt;
import io.tidegate.e2e.contract.Plan.Caller;
import io.tidegate.e2e.contract.Plan.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;

/** Makes requests of each operation up from what the contract says about it. */
final class Plans {
  private static final int GENERATED = 1000;

  private static final List<String> WILD =
      List.of(
          "x",
          "0",
          "%00",
          "%F0%9F%98%80",
          "..%2F..%2Fetc%2Fpasswd",
          "%zz",
          "%ff%fe",
          "'%20or%201=1",
          "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d",
          "999999999999999999999",
          "a%3Bb=c",
          "a".repeat(300),
          "b".repeat(9_000));

  private static final List<String> ODD_VALUES =
      List.of("", " ", "0", "-1", "1e3", "true", "\"1\"", "\u0000", "Zoë", "x".repeat(5_000));

  /** What is not JSON in UTF-8 to this gateway, and what is. */
  private static final List<String> TYPES =
      List.of(
          "application/json; charset=utf-8",
          "APPLICATION/JSON",
          "application/json; charset=utf-16",
          "text/plain",
          "application/xml",
          "multipart/form-data",
          "json",
          "*/*");

  private final Shapes shapes;
  private final Map<Route, RandomGenerator<Plan>> generators = new HashMap<>();

  Plans(Shapes shapes) {
    this.shapes = shapes;
  }

  /** The same for the same seed. */
  Shrinkable<Plan> next(Route route, java.util.Random random) {
    return generators.computeIfAbsent(route, made -> plans(made).generator(GENERATED)).next(random);
  }

  private Arbitrary<Plan> plans(Route route) {
    JsonNode item = shapes.document().path("paths").path(route.path());
    JsonNode operation = item.path(route.method().toLowerCase(Locale.ROOT));
    List<JsonNode> parameters =
        Stream.of(item, operation)
            .flatMap(at -> at.path("parameters").valueStream())
            .map(shapes::resolve)
            .toList();
    return Combinators.combine(
            mostly(Arbitraries.just(route.method()), Arbitraries.of("PUT", "DELETE", "BREW"), 50),
            Arbitraries.integers().between(0, 1000),
            Arbitraries.of(WILD).optional(0.08),
            channel(),
            pairs(parameters, "query"),
            headers(parameters, operation.has("requestBody")),
            body(operation.path("requestBody")),
            callers())
        .as(
            (method, pick, wild, channel, query, headers, body, caller) ->
                new Plan(
                    route,
                    method,
                    pick,
                    wild.orElse(null),
                    channel,
                    query,
                    headers,
                    body.orElse(null),
                    caller));
  }

  private static Arbitrary<Caller> callers() {
    return Arbitraries.frequency(
        Tuple.of(40, Caller.RIGHT),
        Tuple.of(1, Caller.WEAK),
        Tuple.of(1, Caller.FOREIGN),
        Tuple.of(1, Caller.EXPIRED),
        Tuple.of(1, Caller.WRONG),
        Tuple.of(1, Caller.GARBLED),
        Tuple.of(1, Caller.NOBODY));
  }

  private Arbitrary<String> channel() {
    JsonNode name = shapes.document().path("components").path("schemas").path("ChannelName");
    return mostly(
        shapes.fitting(name).map(JsonNode::asText),
        Arbitraries.of("[other]", ":a", "#a", "e\u0301", "a\u0000b", "c".repeat(256)),
        12);
  }

  /** Each declared one fits, is odd or is left out; now and then there are more. */
  private Arbitrary<List<Pair>> pairs(List<JsonNode> parameters, String in) {
    List<Arbitrary<Optional<Pair>>> declared = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      if (parameter.path("in").asText().equals(in)) {
        String name = parameter.path("name").asText();
        Arbitrary<String> fitting = shapes.fitting(parameter.path("schema")).map(Plans::text);
        Arbitrary<Pair> made =
            mostly(fitting, Arbitraries.of(ODD_VALUES), 5).map(value -> new Pair(name, value));
        double chance = name.equals("cursor") || name.equals("If-Match") ? 0.1 : 0.5;
        declared.add(name.startsWith("channel") ? made.map(Optional::of) : made.optional(chance));
      }
    }
    return Combinators.combine(declared).as(all -> all.stream().flatMap(Optional::stream).toList());
  }

  /** A list of texts is one value of them, or as many as are separated by commas. */
  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    return value.isEmpty() ? "chat:room-7" : value.get(0).asText();
  }

  private Arbitrary<List<Pair>> headers(List<JsonNode> parameters, boolean hasBody) {
    Arbitrary<List<Pair>> odd =
        Arbitraries.of(
            List.of(new Pair("Accept", "image/png")),
            List.of(new Pair("Accept", "text/csv")),
            List.of(new Pair("Accept", ";;;,")),
            List.of(new Pair("X-Request-Id", "asked-by-the-test")),
            List.of(new Pair("X-Request-Id", "ü\t<b>" + "x".repeat(200))),
            List.of(new Pair("Origin", "https://evil.example")),
            List.of(new Pair("Cookie", "a=b; c")),
            List.of(new Pair("Content-Encoding", "gzip")),
            List.of(new Pair("traceparent", "00-zz-zz-zz")),
            List.of(new Pair("If-Match", "*"), new Pair("If-None-Match", "*")),
            List.of(new Pair("X-Forwarded-For", "999.1.1.1, ::1")),
            List.of(new Pair("X-Long", "x".repeat(9_000))),
            Stream.generate(() -> new Pair("X-Many", "x")).limit(60).toList());
    Arbitrary<Optional<List<Pair>>> more = odd.optional(0.08);
    Arbitrary<String> type =
        mostly(Arbitraries.just("application/json"), Arbitraries.of(TYPES), 15);
    return Combinators.combine(pairs(parameters, "header"), more, type)
        .as(
            (declared, extra, media) -> {
              List<Pair> all = new ArrayList<>(declared);
              extra.ifPresent(all::addAll);
              if (hasBody) {
                all.add(new Pair("Content-Type", media));
              }
              return all;
            });
  }

  private Arbitrary<Optional<String>> body(JsonNode body) {
    if (body.isMissingNode()) {
      return Arbitraries.of("{}", "x").optional(0.02);
    }
    JsonNode media = body.path("content").path("application/json");
    List<JsonNode> examples = new ArrayList<>();
    if (media.has("example")) {
      examples.add(media.path("example"));
    }
    media.path("examples").forEach(example -> examples.add(example.path("value")));
    Arbitrary<JsonNode> good = shapes.fitting(media.path("schema"));
    return Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.of(examples).map(JsonNode::toString)),
            Tuple.of(5, good.map(JsonNode::toString)),
            Tuple.of(4, good.flatMap(Spoilt::of)))
        .optional(0.97);
  }

  private static <T> Arbitrary<T> mostly(Arbitrary<T> usual, Arbitrary<T> other, int oneOf) {
    return Arbitraries.frequencyOf(Tuple.of(oneOf - 1, usual), Tuple.of(1, other));
  }
}
