package io.tidegate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** JSON texts one step away from good ones: mostly they must be refused, never must they hurt. */
public final class Spoilt {
  private static final String PLACE = "\u0001here\u0001";

  /** What may stand in the place of any value; raw, since no mapper would write some of them. */
  private static final List<String> HOSTILE =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "0.5",
          "1e400",
          "-0",
          "1E+2147483647",
          "2147483648",
          "9223372036854775808",
          "1" + "0".repeat(70),
          "{}",
          "[]",
          "[[]]",
          "{\"\":{}}",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"e\\u0301\"",
          "\"\\u202e\\u2066👩‍👩‍👧\"",
          "\"[meta]log\"",
          "\"-1\"",
          "\"%00%0d%0a\"",
          "\"" + "a".repeat(256) + "\"",
          "\"" + "ü".repeat(9_000) + "\"",
          "\"" + "b".repeat(70_000) + "\"",
          "[".repeat(33) + "]".repeat(33),
          "{\"a\":".repeat(40) + "1" + "}".repeat(40));

  /** What no JSON of this contract is, whatever the route. */
  private static final List<String> NO_BODY =
      List.of(
          "",
          " ",
          "{",
          "}",
          "null",
          "7",
          "\"text\"",
          "[]",
          "{}",
          "{\"a\":1}",
          "{\"name\":\"a\",\"name\":\"b\"}",
          "\ufeff{}",
          "{} {}",
          "{'name':'a'}",
          "NaN",
          "[".repeat(20_000),
          "{\"name\":\"" + "c".repeat(2_000_000) + "\"}",
          "name=a&limit=1");

  private Spoilt() {}

  /** Texts made of this good value, or of nothing at all. */
  public static Arbitrary<String> of(JsonNode good) {
    Arbitrary<String> replaced =
        Arbitraries.integers()
            .between(0, Math.max(0, places(good).size() - 1))
            .flatMap(
                at -> Arbitraries.of(HOSTILE).map(hostile -> with(good.deepCopy(), at, hostile)));
    Arbitrary<String> extended =
        Arbitraries.of("extra", "", "__proto__", "id", "secret", "tenantId")
            .map(name -> withField(good.deepCopy(), name));
    Arbitrary<String> cut =
        Arbitraries.integers()
            .between(0, good.toString().length())
            .map(end -> good.toString().substring(0, end));
    return Arbitraries.frequencyOf(
        Tuple.of(6, replaced),
        Tuple.of(2, Arbitraries.integers().between(0, 40).map(at -> without(good.deepCopy(), at))),
        Tuple.of(1, extended),
        Tuple.of(1, cut),
        Tuple.of(1, Arbitraries.of(NO_BODY)));
  }

  /** A place that holds a value: its parent, and its name or index there. */
  private record Place(JsonNode parent, Object at) {}

  private static List<Place> places(JsonNode node) {
    List<Place> places = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                places.add(new Place(node, field.getKey()));
                places.addAll(places(field.getValue()));
              });
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.add(new Place(node, i));
      places.addAll(places(node.get(i)));
    }
    return places;
  }

  private static String with(JsonNode value, int at, String hostile) {
    List<Place> places = places(value);
    if (places.isEmpty()) {
      return hostile;
    }
    Place place = places.get(at);
    if (place.parent() instanceof ObjectNode object) {
      object.put(place.at().toString(), PLACE);
    } else {
      ((ArrayNode) place.parent()).set((Integer) place.at(), PLACE);
    }
    return value.toString().replace("\"\\u0001here\\u0001\"", hostile);
  }

  private static String withField(JsonNode value, String name) {
    return value instanceof ObjectNode object
        ? object.put(name, "more").toString()
        : "[" + value + "]";
  }

  private static String without(JsonNode value, int at) {
    List<Place> places = places(value);
    if (!places.isEmpty()) {
      Place place = places.get(at % places.size());
      if (place.parent() instanceof ObjectNode object) {
        object.remove(place.at().toString());
      } else {
        ((ArrayNode) place.parent()).remove((Integer) place.at());
      }
    }
    return value.toString();
  }
}
