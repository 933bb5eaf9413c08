package io.tidegate.e2e.access;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.Route;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the contract, asked by everyone who must not: all are turned away, with the
 * refusal that is right. A route that is new in the contract is here by itself; one whose
 * credentials fit no plane fails. What a refusal looks like is the contract's to judge.
 */
@WireTest
final class AuthorizationMatrixTest {
  /** Beneath these everything belongs to a tenant; a channel or client is a name, not a thing. */
  private static final Set<String> OUTERMOST =
      Set.of("tenantId", "appId", "channel", "clientId", "connectionId", "sessionId", "operatorId");

  private static final String NO_ID = "0197f3c2-0000-7000-8000-000000000000";

  private final Holders holders = new Holders(SharedGateway.target());

  @TestFactory
  Stream<DynamicNode> everyoneElseIsTurnedAway() {
    return Judge.routes().stream()
        .filter(route -> Plane.of(route) != Plane.PUBLIC && Plane.of(route) != Plane.EVENTS)
        .map(
            route ->
                dynamicContainer(
                    route.operationId(),
                    attempts(route).stream()
                        .map(
                            attempt ->
                                dynamicTest(attempt.who(), () -> turnsAway(route, attempt)))));
  }

  /** Else the refusals above would say nothing. */
  @TestFactory
  Stream<DynamicTest> whoMayIsLetIn() {
    return Judge.routes().stream()
        .filter(route -> Plane.of(route) == Plane.DATA || Plane.of(route) == Plane.CONTROL)
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> {
                      Answer answer =
                          rest(holders.rightful(route))
                              .send(route.method(), path(route, false), body(route));
                      assertThat(answer.status()).as(answer.body()).isNotIn(401, 403, 405, 500);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsPublicAnswersEveryone() {
    return Judge.routes().stream()
        .filter(route -> Plane.of(route) == Plane.PUBLIC && !route.management())
        .filter(route -> route.method().equals("GET"))
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> {
                      rest(Credential.NONE).get(route.path()).expect(200);
                      int withGarbage =
                          rest(Credential.bearer("garbage")).get(route.path()).status();
                      assertThat(withGarbage).isIn(200, 401);
                    }));
  }

  private List<Attempt> attempts(Route route) {
    return switch (Plane.of(route)) {
      case PUBLIC, EVENTS -> List.of();
      case SESSION -> holders.session();
      case CONTROL -> holders.control(route);
      case DATA -> holders.data(route);
      case SUBSCRIBE -> holders.subscribe(route);
    };
  }

  private void turnsAway(Route route, Attempt attempt) {
    if (route.credentials().contains("none")) {
      assertThat(opening(attempt.credential())).isIn(attempt.codes());
      return;
    }
    String path = attempt.credential().in(path(route, true));
    Answer answer = rest(attempt.credential()).send(route.method(), path, body(route));
    assertThat(refusals(answer)).as(answer.body()).isNotEmpty().isSubsetOf(attempt.codes());
    assertThat(answer.body()).doesNotContain(holders.app.tenantId(), "Matrix");
  }

  /** The one code of a refusal, or that of each part of a batch. */
  private static Set<Integer> refusals(Answer answer) {
    if (answer.status() >= 400) {
      return Set.of(answer.code());
    }
    JsonNode parts = answer.status() == 200 ? answer.json().path("results") : null;
    return parts == null
        ? Set.of(answer.status())
        : StreamSupport.stream(parts.spliterator(), false)
            .map(part -> part.path("error").path("code").asInt())
            .collect(java.util.stream.Collectors.toSet());
  }

  private int opening(Credential credential) {
    try (WebSocketClient client = WebSocketClient.open(holders.target, credential)) {
      // What stands in a URL is refused behind the handshake, where a page can read it.
      int code =
          client
              .frames()
              .await("an answer", frame -> frame.has("code") || frame.has("connectionId"))
              .path("code")
              .asInt(101);
      assertThat(code).isNotEqualTo(101);
      assertThat(client.closeCode()).isBetween(4000, 4299);
      return code;
    } catch (RefusedByGateway refused) {
      return refused.code();
    }
  }

  private Rest rest(Credential credential) {
    return new Rest(holders.target, credential);
  }

  /** The example of a change of a tenant is one that only operators may make. */
  private static @Nullable String body(Route route) {
    return route.operationId().equals("updateTenant")
        ? json("{'name':'a'}")
        : route.exampleRequest();
  }

  /** With the ids of the app, or of nothing; what stands further in need not be there. */
  private String path(Route route, boolean own) {
    String path = route.path();
    List<String> names = route.pathParameters();
    assertThat(OUTERMOST).as("outermost of " + path).containsAll(names.stream().limit(1).toList());
    for (String name : names) {
      path = path.replace("{" + name + "}", own ? holders.id(name, NO_ID) : absent(name));
    }
    return Plane.of(route) == Plane.SUBSCRIBE ? path + "?channel=room" : path;
  }

  private static String absent(String name) {
    return switch (name) {
      case "appId" -> "1";
      case "keyId" -> "k1";
      case "channel" -> "matrix-room";
      case "name" -> "nothing";
      default -> NO_ID;
    };
  }
}
