package io.tidegate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON schemas of one contract file, checked by a plain JSON Schema 2020-12 validator: what
 * OpenAPI 3.1 says its schemas are. (swagger-request-validator knows 3.1 only in part, it drops
 * {@code const}, {@code propertyNames} and type arrays on the way through its 3.0 model.)
 */
final class Schemas {
  private static final String HOME = "urn:tidegate:contract";
  private static final String SCHEMA = "#/components/schemas/";
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode document;
  private final JsonSchemaFactory factory;

  /** By the schema's own text; bounded by the contract file. */
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  private Schemas(JsonNode document) {
    this.document = document;
    JsonNode definitions = absolute(document.path("components").path("schemas").deepCopy());
    String home = "{\"$defs\":" + definitions + "}";
    this.factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(HOME, home))));
  }

  /** As written: objects are open to unknown fields unless they say otherwise. */
  static Schemas of(JsonNode document) {
    return new Schemas(document);
  }

  /**
   * Every object that lists properties and does not say otherwise has no others. The contract
   * leaves answers open, so that clients tolerate what comes later; the server may only send what
   * it documents.
   */
  static Schemas closed(JsonNode document) {
    JsonNode copy = document.deepCopy();
    close(copy.path("components").path("schemas"));
    return new Schemas(copy);
  }

  /** The node itself, or what its {@code $ref} points to. */
  JsonNode resolve(JsonNode node) {
    JsonNode ref = node.path("$ref");
    return ref.isTextual() ? resolve(document.at(ref.asText().substring(1))) : node;
  }

  List<String> violations(JsonNode schema, JsonNode value) {
    JsonSchema validator =
        compiled.computeIfAbsent(
            schema.toString(), text -> factory.getSchema(absolute(schema.deepCopy()), CONFIG));
    return validator.validate(value).stream().map(Object::toString).sorted().toList();
  }

  /**
   * Lets any part of the document be compiled by itself: its references name where the schemas are.
   */
  private static JsonNode absolute(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.get("$ref") instanceof TextNode ref
        && ref.asText().startsWith(SCHEMA)) {
      object.put("$ref", HOME + "#/$defs/" + ref.asText().substring(SCHEMA.length()));
    }
    node.forEach(Schemas::absolute);
    return node;
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Schemas::close);
  }
}
