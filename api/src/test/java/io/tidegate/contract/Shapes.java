package io.tidegate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Made-up values that fit the schemas of the contract. Texts are not made from patterns: they are
 * those of {@link #WORDS} that fit, so that made-up names meet each other.
 */
public final class Shapes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MORE_ITEMS = 3;

  /** Every text schema of the contract is met by one of them at least. */
  private static final List<String> WORDS =
      List.of(
          "a",
          "chat",
          "chat:room-7",
          "chat:room-8",
          "kept:1",
          "orders:*",
          "chat:*",
          "*",
          "k1",
          "k2",
          "ada",
          "ada lovelace",
          "Zoë",
          "日本語",
          "👩‍👩‍👧",
          "x\u202Ey",
          "a/b?c#d%25",
          "'; drop table apps; --",
          "{{7*7}}",
          "<b>bold</b>",
          "0",
          "-1",
          "10",
          "30s",
          "2m",
          "99h",
          "true",
          "base64",
          "cipher+aes-256-gcm",
          "482913",
          "482913.k1",
          "grace@acme.example",
          "Zo\u00eb@\u65e5\u672c.example",
          "x\u202Ey@a.example",
          "999999999999999999",
          "https://chat.acme.example",
          "https://hooks.acme.example/tidegate",
          "http://127.0.0.1:9/",
          "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d",
          "2026-05-04T09:30:00Z",
          "2099-12-31T23:59:59.999Z",
          "1970-01-01T00:00:00+14:00",
          "aGVsbG8=",
          "x".repeat(64),
          "y".repeat(100),
          "ü".repeat(128),
          "z".repeat(255));

  private static final List<String> ANYTHING =
      List.of(
          "null",
          "true",
          "0",
          "-1.5e10",
          "12345678901234567890123456789012",
          "\"aGVsbG8=\"",
          "\"\\u0000\"",
          "{}",
          "[]",
          "{\"text\":\"Hello\",\"n\":[1,2,{\"deep\":null}]}");

  private final JsonNode document;
  private final Schemas schemas;

  private Shapes(JsonNode document) {
    this.document = document;
    this.schemas = Schemas.of(document);
  }

  /** Of {@code openapi/openapi.yaml}. */
  public static Shapes load() {
    return new Shapes(ContractFile.yaml("openapi/openapi.yaml"));
  }

  /** The contract as it is written. */
  public JsonNode document() {
    return document;
  }

  /** The node itself, or what its {@code $ref} points to. */
  public JsonNode resolve(JsonNode node) {
    return schemas.resolve(node);
  }

  /** Values that the schema allows, checked by the validator that judges exchanges. */
  public Arbitrary<JsonNode> fitting(JsonNode schema) {
    return shape(schema).filter(value -> schemas.violations(schema, value).isEmpty());
  }

  private Arbitrary<JsonNode> shape(JsonNode given) {
    JsonNode schema = resolve(given);
    if (schema.has("const")) {
      return Arbitraries.just(schema.get("const"));
    }
    if (schema.has("enum")) {
      return Arbitraries.of(list(schema.get("enum")));
    }
    for (String choice : List.of("oneOf", "allOf")) {
      if (schema.has(choice)) {
        List<Arbitrary<? extends JsonNode>> ways = new ArrayList<>();
        schema.get(choice).forEach(way -> ways.add(shape(way)));
        return Arbitraries.oneOf(ways);
      }
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return typed(schema, type.get(0).asText()).injectNull(0.2).map(Shapes::nullNode);
    }
    return typed(schema, type.asText());
  }

  private static JsonNode nullNode(JsonNode value) {
    return value == null ? NullNode.getInstance() : value;
  }

  private Arbitrary<JsonNode> typed(JsonNode schema, String type) {
    return switch (type) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "string" -> text(schema);
      case "integer" -> integer(schema);
      case "boolean" -> Arbitraries.of(true, false).map(BooleanNode::valueOf);
      case "" -> Arbitraries.of(ANYTHING).map(ContractFile::json);
      default -> throw new IllegalStateException("no way to make a " + type);
    };
  }

  private static Arbitrary<JsonNode> integer(JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(Long.MAX_VALUE);
    return Arbitraries.oneOf(
            Arbitraries.of(least, most, Math.min(least + 1, most)),
            Arbitraries.longs().between(least, Math.min(most, 100_000)))
        .map(LongNode::valueOf);
  }

  private Arbitrary<JsonNode> text(JsonNode schema) {
    List<JsonNode> fit = words(schema);
    return Arbitraries.of(fit);
  }

  private List<JsonNode> words(JsonNode schema) {
    List<JsonNode> fit =
        WORDS.stream()
            .<JsonNode>map(TextNode::valueOf)
            .filter(word -> schemas.violations(schema, word).isEmpty())
            .toList();
    if (fit.isEmpty()) {
      throw new IllegalStateException("no word fits " + schema);
    }
    return fit;
  }

  private Arbitrary<JsonNode> array(JsonNode schema) {
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(least + MORE_ITEMS), least + MORE_ITEMS);
    var items = shape(schema.path("items")).list().ofMinSize(least).ofMaxSize(most);
    return (schema.path("uniqueItems").asBoolean() ? items.uniqueElements() : items)
        .map(values -> NODES.arrayNode().addAll(values));
  }

  private Arbitrary<JsonNode> object(JsonNode schema) {
    if (schema.path("additionalProperties").isObject()) {
      JsonNode names = schema.path("propertyNames");
      Arbitrary<String> key =
          names.isMissingNode()
              ? Arbitraries.of("a", "b")
              : Arbitraries.of(words(resolve(names))).map(JsonNode::asText);
      int least = schema.path("minProperties").asInt(0);
      return Arbitraries.maps(key, shape(schema.get("additionalProperties")))
          .ofMinSize(least)
          .ofMaxSize(least + 1)
          .map(members -> NODES.objectNode().setAll(members));
    }
    Set<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    List<Map.Entry<String, JsonNode>> properties =
        new ArrayList<>(schema.path("properties").properties());
    if (schema.path("maxProperties").asInt() == 1) {
      return Arbitraries.of(properties)
          .flatMap(only -> shape(only.getValue()).map(value -> one(only.getKey(), value)));
    }
    List<Arbitrary<Optional<JsonNode>>> values =
        properties.stream()
            .map(
                property ->
                    named(property.getKey(), property.getValue())
                        .optional(required.contains(property.getKey()) ? 1 : 0.4))
            .toList();
    return Combinators.combine(values)
        .as(
            made -> {
              ObjectNode object = NODES.objectNode();
              IntStream.range(0, made.size())
                  .forEach(
                      i ->
                          made.get(i)
                              .ifPresent(value -> object.set(properties.get(i).getKey(), value)));
              return object;
            });
  }

  /** A URL has no pattern that would tell it from other texts. */
  private Arbitrary<JsonNode> named(String name, JsonNode schema) {
    return name.equals("url") ? mostlyUrls(schema) : shape(schema);
  }

  private Arbitrary<JsonNode> mostlyUrls(JsonNode schema) {
    List<JsonNode> urls =
        words(resolve(schema)).stream().filter(word -> word.asText().startsWith("https:")).toList();
    return Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.of(urls)), Tuple.of(1, shape(schema)));
  }

  private static ObjectNode one(String name, JsonNode value) {
    return NODES.objectNode().set(name, value);
  }

  private static Collection<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}
