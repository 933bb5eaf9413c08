package io.tidegate.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.Route;
import io.tidegate.contract.Shapes;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the contract shows a running gateway does: each example of a request is sent, and answered
 * with the documented status and the fields of the documented example. So is each list and read.
 */
@WireTest
final class EveryExampleIsDoneTest {
  private static final Shapes CONTRACT = Shapes.load();

  /** Streams are opened by other tests; a delivery is there once something was delivered. */
  private static final List<String> LEFT_OUT =
      List.of("openWebSocket", "openEventStream", "poll", "openEvents", "getDelivery");

  private final TestApp app = TestApp.create(SharedGateway.target(), "Examples");
  private final Things things = new Things(Judge.routes(), app.control().rest());
  private final People people = new People(SharedGateway::bean, "e2e");
  private final String token = app.token("ada", "{'chat:*':['publish','subscribe']}");

  @TestFactory
  Stream<DynamicTest> everyRequest() {
    return Judge.routes().stream()
        .filter(route -> !route.management() && !LEFT_OUT.contains(route.operationId()))
        .filter(route -> route.exampleRequest() != null || route.method().equals("GET"))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.operationId(),
                    () -> {
                      for (String body : bodies(route)) {
                        isDone(route, body);
                      }
                    }));
  }

  private void isDone(Route route, String body) {
    People.Person person = people.operator();
    Rest rest = new Rest(app.target(), credential(route, person));
    String path = Things.filled(route, values(route, person));
    String fitted = people.fitted(route, body, person, app.tenantId(), app.id());
    Answer answer = rest.patiently(route.method(), path, fitted.isEmpty() ? null : fitted);

    assertThat(answer.status()).as("%s %s: %s", path, body, answer.body()).isBetween(200, 299);
    JsonNode content =
        operation(route)
            .path("responses")
            .path(Integer.toString(answer.status()))
            .path("content")
            .path("application/json");
    examples(content)
        .forEach(
            example ->
                assertThat(names(answer.json())).as("of %s", example).containsAll(names(example)));
  }

  private Map<String, String> values(Route route, People.Person person) {
    List<String> names = route.pathParameters();
    return switch (names.isEmpty() ? "" : names.getFirst()) {
      case "" -> Map.of();
      case "channel" -> Map.of("channel", "chat:room-7");
      case "connectionId" -> Map.of("connectionId", connected());
      case "sessionId" -> Map.of("sessionId", person.session().toString());
      default -> things.one(names, 0);
    };
  }

  /** A connection that stays until the tests of this JVM end. */
  private String connected() {
    WebSocketClient client = WebSocketClient.open(app.target(), Credential.bearer(token));
    client.subscribe("chat:room-7");
    client.frames().await("subscribed");
    return client.connectionId();
  }

  private Credential credential(Route route, People.Person person) {
    if (route.role() == null && route.credentials().contains("session")) {
      return person.credential();
    }
    if (route.role() != null) {
      return Credential.bearer(app.target().operatorToken());
    }
    return route.credentials().contains("key")
        ? Credential.key(app.key())
        : route.isPublic() ? Credential.NONE : Credential.bearer(token);
  }

  private static JsonNode operation(Route route) {
    return CONTRACT
        .document()
        .path("paths")
        .path(route.path())
        .path(route.method().toLowerCase(Locale.ROOT));
  }

  /** All examples of its body as texts; one empty text where there is no body. */
  private static List<String> bodies(Route route) {
    JsonNode body = operation(route).path("requestBody");
    if (body.isMissingNode()) {
      return List.of("");
    }
    List<String> bodies =
        examples(body.path("content").path("application/json")).stream()
            .map(JsonNode::toString)
            .toList();
    assertThat(bodies).isNotEmpty();
    return bodies;
  }

  private static List<JsonNode> examples(JsonNode media) {
    List<JsonNode> examples = new ArrayList<>();
    if (media.has("example")) {
      examples.add(media.get("example"));
    }
    media
        .path("examples")
        .forEach(example -> examples.add(CONTRACT.resolve(example).path("value")));
    return examples;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
