package io.tidegate.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidegate.contract.Route;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every change that the contract lets a session make, asked by a page of another site in whose
 * visitor's browser the cookie is: refused, and nothing else is looked at. An operation that is new
 * in the contract is here by itself.
 */
@WireTest
final class NoOtherSiteActsThroughASessionTest {
  private static final int NOT_FROM_CONSOLE = 40311;
  private static final String NO_ID = "0197f3c2-0000-7000-8000-000000000000";

  private final Target target = SharedGateway.target();
  private final TestApp app = TestApp.create(target, "Forgery");
  private final Visitor owner = Visitor.member(target, app.tenantId(), "owner");
  private final Visitor operator = Visitor.operator(target);

  /** What pages elsewhere can make a browser send, and what they cannot but try. */
  private static Map<String, Map<String, String>> forged() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    all.put("a form", Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"));
    all.put("no header of ours", Map.of("Sec-Fetch-Site", "same-origin"));
    all.put("a browser that says nothing", Map.of());
    all.put("only our header", Map.of("X-Tidegate-Console", "1"));
    all.put("another site", Map.of("X-Tidegate-Console", "1", "Sec-Fetch-Site", "cross-site"));
    all.put(
        "a sibling of the site", Map.of("X-Tidegate-Console", "1", "Sec-Fetch-Site", "same-site"));
    all.put(
        "another origin, in an old browser",
        Map.of("X-Tidegate-Console", "1", "Origin", "https://evil.example"));
    all.put("no origin", Map.of("X-Tidegate-Console", "1", "Origin", "null"));
    return all;
  }

  @TestFactory
  Stream<DynamicNode> everyChangeIsRefused() {
    return Judge.routes().stream()
        .filter(route -> route.credentials().contains("session"))
        .filter(route -> !route.method().equals("GET"))
        .map(
            route ->
                dynamicContainer(
                    route.operationId(),
                    forged().entrySet().stream()
                        .map(
                            one ->
                                dynamicTest(one.getKey(), () -> refused(route, one.getValue())))));
  }

  private void refused(Route route, Map<String, String> headers) {
    Visitor who = "operator".equals(route.role()) ? operator : owner;
    HttpResponse<String> answer =
        who.send(route.method(), path(route), route.exampleRequest(), headers);
    assertThat(Visitor.codeOf(answer)).as(answer.body()).isEqualTo(NOT_FROM_CONSOLE);
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  /** Else the refusals above would say nothing. */
  @Test
  void theConsoleItselfMay() {
    String app = "/v1/apps/" + this.app.id();
    assertThat(owner.console("PATCH", app, "{\"name\":\"Changed\"}").statusCode()).isEqualTo(200);
    Map<String, String> old =
        Map.of("X-Tidegate-Console", "1", "Origin", target.uri("").toString());
    assertThat(owner.send("PATCH", app, "{\"name\":\"Again\"}", old).statusCode()).isEqualTo(200);
  }

  /** A sign-in from elsewhere would make somebody work in another's account. */
  @Test
  void nobodyIsSignedInFromElsewhere() {
    for (Map<String, String> headers : forged().values()) {
      boolean fromElsewhere =
          headers.containsKey("Origin")
              || headers.getOrDefault("Sec-Fetch-Site", "").endsWith("-site");
      if (!fromElsewhere) {
        // Whoever is no browser has no visitor to trick.
        continue;
      }
      HttpResponse<String> answer =
          new Visitor(target, owner.email(), "")
              .send(
                  "POST",
                  "/v1/session",
                  "{\"email\":\"%s\",\"password\":\"%s\"}"
                      .formatted(owner.email(), Visitor.PASSWORD),
                  headers);
      assertThat(Visitor.codeOf(answer)).as(headers.toString()).isEqualTo(NOT_FROM_CONSOLE);
      assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }
  }

  /** A page elsewhere may ask, and gets nothing to read and no cookie taken along. */
  @Test
  void noPageElsewhereReadsWithIt() {
    for (String path :
        new String[] {"/v1/session", "/v1/tenants/" + app.tenantId(), "/v1/sessions"}) {
      HttpResponse<String> answer =
          owner.send(
              "GET",
              path,
              null,
              Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"));
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).as(path).isEmpty();
      assertThat(answer.headers().allValues("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  /** The data plane answers pages of any origin: for it the cookie is not there. */
  @Test
  void dataPlaneDoesNotKnowTheCookie() {
    for (Route route : Judge.routes()) {
      if (route.operation() != null && !route.credentials().contains("none")) {
        String query = route.credentials().contains("ticket") ? "?channel=room" : "";
        HttpResponse<String> answer =
            owner.console(route.method(), path(route) + query, route.exampleRequest());
        assertThat(answer.statusCode()).as(route.operationId()).isEqualTo(401);
      }
    }
  }

  private String path(Route route) {
    String path = route.path();
    for (String name : route.pathParameters()) {
      String id =
          switch (name) {
            case "tenantId" -> app.tenantId();
            case "appId" -> app.id();
            case "keyId" -> "k1";
            case "channel", "clientId", "name" -> "nothing";
            default -> NO_ID;
          };
      path = path.replace("{" + name + "}", id);
    }
    return path;
  }
}
