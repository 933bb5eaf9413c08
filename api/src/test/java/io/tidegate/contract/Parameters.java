package io.tidegate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks path, query and header parameters, texts on the wire, against their typed schemas. */
final class Parameters {
  private final Schemas schemas;

  Parameters(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * @param declared the path item's and the operation's {@code parameters}
   * @param pathValues in the order of the path's names, percent-encoded
   */
  List<String> violations(
      List<JsonNode> declared, List<String> names, List<String> pathValues, Exchange exchange) {
    List<String> violations = new ArrayList<>();
    for (JsonNode reference : declared) {
      JsonNode parameter = schemas.resolve(reference);
      String name = parameter.path("name").asText();
      List<String> values =
          switch (parameter.path("in").asText()) {
            case "path" -> List.of(decode(pathValues.get(names.indexOf(name)), false));
            case "query" -> queryValues(exchange.query(), name);
            case "header" -> Exchange.header(exchange.requestHeaders(), name).stream().toList();
            default -> throw new IllegalStateException("parameter " + name);
          };
      if (values.isEmpty()) {
        if (parameter.path("required").asBoolean()) {
          violations.add("request: parameter " + name + " is missing");
        }
        continue;
      }
      for (String fault : schemas.violations(parameter.get("schema"), typed(parameter, values))) {
        violations.add("request: parameter " + name + fault);
      }
    }
    return violations;
  }

  /** The text as the JSON value that its schema speaks of; unreadable numbers stay texts. */
  JsonNode typed(JsonNode parameter, List<String> values) {
    JsonNode schema = schemas.resolve(parameter.path("schema"));
    if (schema.path("type").asText().equals("array")) {
      boolean repeated = parameter.path("explode").asBoolean(true);
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      values.stream()
          .flatMap(value -> repeated ? List.of(value).stream() : Arrays.stream(value.split(",")))
          .forEach(array::add);
      return array;
    }
    String value = values.getFirst();
    return switch (schema.path("type").asText()) {
      case "integer" ->
          value.matches("-?[0-9]{1,18}")
              ? LongNode.valueOf(Long.parseLong(value))
              : TextNode.valueOf(value);
      case "boolean" ->
          value.matches("true|false")
              ? BooleanNode.valueOf(Boolean.parseBoolean(value))
              : TextNode.valueOf(value);
      default -> TextNode.valueOf(value);
    };
  }

  private static List<String> queryValues(String query, String name) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> decode(pair[0], true).equals(name))
        .map(pair -> pair.length == 2 ? decode(pair[1], true) : "")
        .toList();
  }

  private static String decode(String text, boolean plusIsSpace) {
    return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
