package io.tidegate.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code openapi/openapi.yaml} as a judge of HTTP exchanges. A request is judged only when the
 * server accepted it (status below 400): tests send bad ones on purpose. An answer is judged
 * always, and may hold only what is documented. A body of another type than JSON is judged by its
 * content type.
 */
public final class OpenApiContract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonNode document;
  private final Schemas requests;
  private final Schemas answers;
  private final List<Route> routes;

  OpenApiContract(JsonNode document) {
    this.document = document;
    this.requests = Schemas.of(document);
    this.answers = Schemas.closed(document);
    this.routes = readRoutes(document);
  }

  public static OpenApiContract load() {
    return new OpenApiContract(ContractFile.yaml("openapi/openapi.yaml"));
  }

  /** Every operation, in the order of the file. */
  public List<Route> routes() {
    return routes;
  }

  /**
   * What the exchange does that the contract does not, a sentence each; empty when it keeps to it.
   * CORS preflights are not of this contract and always pass.
   */
  public List<String> validate(Exchange exchange) {
    if (exchange.method().equals("OPTIONS")) {
      return List.of();
    }
    List<Route> ofPath =
        routes.stream().filter(route -> route.match(exchange.path()) != null).toList();
    Route route =
        ofPath.stream()
            .filter(candidate -> candidate.method().equals(exchange.method()))
            .findFirst()
            .orElse(null);
    List<String> violations = new ArrayList<>();
    if (route == null && ofPath.isEmpty() && exchange.status() != 404) {
      violations.add("no route " + exchange.path());
    }
    if (route != null && exchange.status() < 400) {
      checkRequest(route, exchange, violations);
    }
    JsonNode response = response(route, ofPath.isEmpty(), exchange.status());
    if (response == null) {
      violations.add("status " + exchange.status() + " is not documented");
    } else {
      checkAnswer(response, exchange, violations);
    }
    return violations.stream().map(fault -> described(exchange) + ": " + fault).toList();
  }

  private static String described(Exchange exchange) {
    return exchange.method() + " " + exchange.path() + " -> " + exchange.status();
  }

  private void checkRequest(Route route, Exchange exchange, List<String> violations) {
    JsonNode item = document.path("paths").path(route.path());
    JsonNode operation = operation(route);
    List<JsonNode> declared =
        Stream.of(item, operation).flatMap(at -> at.path("parameters").valueStream()).toList();
    List<String> values = route.match(exchange.path());
    violations.addAll(
        new Parameters(requests)
            .violations(
                declared, route.pathParameters(), values == null ? List.of() : values, exchange));
    JsonNode body = operation.path("requestBody");
    if (exchange.requestBody() == null) {
      if (body.path("required").asBoolean()) {
        violations.add("request: was accepted without a body");
      }
    } else if (body.isMissingNode()) {
      violations.add("request: was accepted with a body");
    } else {
      checkBody(
          "request",
          requests,
          body.path("content"),
          Exchange.mediaType(exchange.requestHeaders()),
          exchange.requestBody(),
          violations);
    }
  }

  private void checkAnswer(JsonNode response, Exchange exchange, List<String> violations) {
    for (Map.Entry<String, JsonNode> declared : response.path("headers").properties()) {
      JsonNode header = answers.resolve(declared.getValue());
      Exchange.header(exchange.responseHeaders(), declared.getKey())
          .ifPresentOrElse(
              value ->
                  answers
                      .violations(
                          header.get("schema"),
                          new Parameters(answers).typed(header, List.of(value)))
                      .forEach(
                          fault -> violations.add("answer: header " + declared.getKey() + fault)),
              () -> {
                if (header.path("required").asBoolean()) {
                  violations.add("answer: header " + declared.getKey() + " is missing");
                }
              });
    }
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      if (!exchange.responseBody().isEmpty()) {
        violations.add("answer: has a body");
      }
      return;
    }
    String type = Exchange.mediaType(exchange.responseHeaders());
    JsonNode body =
        checkBody("answer", answers, content, type, exchange.responseBody(), violations);
    if (type.equals("application/problem+json")) {
      checkProblem(body, exchange, violations);
    }
  }

  /** A refusal says the same in its status line, headers and body. */
  private static void checkProblem(JsonNode body, Exchange exchange, List<String> violations) {
    if (body.path("status").asInt() != exchange.status()
        || body.path("code").asInt() / 100 != exchange.status()) {
      violations.add(
          "answer: status and code of the problem are not those of a " + exchange.status());
    }
    String requestId = Exchange.header(exchange.responseHeaders(), "X-Request-Id").orElse("");
    if (!body.path("requestId").asText().equals(requestId)) {
      violations.add("answer: requestId of the problem is not X-Request-Id");
    }
  }

  /** The body as JSON, missing when it is none or another type was documented. */
  private static JsonNode checkBody(
      String part,
      Schemas schemas,
      JsonNode content,
      String type,
      String body,
      List<String> violations) {
    JsonNode media = content.path(type.toLowerCase(Locale.ROOT));
    if (media.isMissingNode()) {
      violations.add(part + ": content type '" + type + "' is not documented");
      return media;
    }
    if (!type.endsWith("json")) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode json = JSON.readTree(body);
      for (String fault : schemas.violations(media.get("schema"), json)) {
        violations.add(part + fault);
      }
      return json;
    } catch (JsonProcessingException e) {
      violations.add(part + ": is not JSON, " + e.getOriginalMessage());
      return MissingNode.getInstance();
    }
  }

  /** What is documented for the status; null when nothing is. */
  private @Nullable JsonNode response(@Nullable Route route, boolean unknownPath, int status) {
    String code = Integer.toString(status);
    JsonNode found = route == null ? null : operation(route).path("responses").get(code);
    if (found == null) {
      found = document.path("x-tidegate-any-route-responses").get(code);
    }
    if (found == null && unknownPath && status == 404) {
      found = document.path("components").path("responses").get("NotFound");
    }
    return found == null ? null : answers.resolve(found);
  }

  private JsonNode operation(Route route) {
    return document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
  }

  private static List<Route> readRoutes(JsonNode document) {
    List<Route> routes = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .forEach(
                        operation ->
                            routes.add(
                                Route.read(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    path.getValue(),
                                    operation.getValue(),
                                    document))));
    return List.copyOf(routes);
  }
}
