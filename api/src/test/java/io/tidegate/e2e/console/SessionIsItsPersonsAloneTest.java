package io.tidegate.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose session it is is settled by the gateway, never by whoever brings a cookie. */
@WireTest
final class SessionIsItsPersonsAloneTest {
  private final Target target = SharedGateway.target();
  private final TestApp app = TestApp.create(target, "Sessions");
  private final TestApp foreign = TestApp.create(target, "Sessions of others");
  private final Visitor ada = Visitor.member(target, app.tenantId(), "owner");

  @Test
  void cookieIsNotReadByScriptsNorSentElsewhere() {
    String set =
        new Visitor(target, ada.email(), "")
            .signIn()
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    assertThat(set).startsWith("__Host-tidegate=");
    assertThat(List.of(set.split("; *")))
        .contains("Secure", "HttpOnly", "Path=/")
        .anyMatch(part -> part.startsWith("SameSite=") && !part.endsWith("None"))
        .noneMatch(part -> part.startsWith("Domain"));
  }

  @Test
  void signInIsASessionOfItsOwnAndEndsTheOneThatWasBrought() {
    Visitor eve = Visitor.member(target, foreign.tenantId(), "viewer");
    // Eve has planted her cookie in Ada's browser, and waits.
    Visitor tricked = new Visitor(target, ada.email(), eve.cookie()).signedInHere();

    assertThat(tricked.cookie()).isNotEqualTo(eve.cookie());
    assertThat(tricked.get("/v1/session").body()).contains(ada.email());
    assertThat(eve.get("/v1/session").statusCode()).isEqualTo(401);
  }

  @Test
  void cookieThatTheGatewayHasNotMadeOpensNothing() {
    for (String value :
        List.of("", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "../../etc")) {
      Visitor stranger = new Visitor(target, ada.email(), "__Host-tidegate=" + value);
      HttpResponse<String> answer = stranger.get("/v1/session");
      assertThat(answer.statusCode()).as(value).isEqualTo(401);
      assertThat(stranger.signedInHere().cookie()).isNotEqualTo(stranger.cookie());
    }
  }

  @Test
  void sessionThatIsOverOpensNothing() {
    Visitor once = ada.signedIn();
    assertThat(once.console("DELETE", "/v1/session", null).statusCode()).isEqualTo(204);
    assertThat(once.get("/v1/session").statusCode()).isEqualTo(401);
    assertThat(once.get("/v1/tenants/" + app.tenantId()).statusCode()).isEqualTo(401);
  }

  @Test
  void membersSeeNothingOfAnotherTenantNotEvenThatItIsThere() {
    Map<String, String> there =
        Map.of(
            "/v1/tenants/" + foreign.tenantId(), "/v1/tenants/0197f3c2-0000-7000-8000-000000000000",
            "/v1/tenants/" + foreign.tenantId() + "/members",
                "/v1/tenants/0197f3c2-0000-7000-8000-000000000000/members",
            "/v1/apps/" + foreign.id(), "/v1/apps/1",
            "/v1/apps/" + foreign.id() + "/keys", "/v1/apps/1/keys",
            "/v1/apps/" + foreign.id() + "/refusals", "/v1/apps/1/refusals");
    there.forEach(
        (path, nothing) -> {
          HttpResponse<String> theirs = ada.get(path);
          HttpResponse<String> nobodys = ada.get(nothing);
          assertThat(theirs.statusCode()).as(path).isEqualTo(nobodys.statusCode()).isEqualTo(404);
          assertThat(Visitor.codeOf(theirs)).isEqualTo(Visitor.codeOf(nobodys));
          assertThat(theirs.body()).doesNotContain("Sessions of others");
        });
    assertThat(ada.get("/v1/tenants").body()).doesNotContain(foreign.tenantId());
    HttpResponse<String> token =
        ada.console("POST", "/v1/session/app-token", "{\"appId\":\"" + foreign.id() + "\"}");
    assertThat(token.statusCode()).isEqualTo(404);
  }

  @Test
  void roleIsNotGrownByWhoeverHasIt() {
    Visitor viewer = Visitor.member(target, app.tenantId(), "viewer");
    String members = "/v1/tenants/" + app.tenantId() + "/members";
    String own =
        Rest.operator(target)
            .get(members + "?limit=1000")
            .json()
            .path("items")
            .valueStream()
            .filter(one -> one.path("email").asText().equals(viewer.email()))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    for (String role : List.of("developer", "admin", "owner")) {
      assertThat(
              viewer
                  .console("PATCH", members + "/" + own, "{\"role\":\"" + role + "\"}")
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              viewer
                  .console(
                      "POST",
                      members,
                      "{\"email\":\"more@tidegate.example\",\"role\":\"" + role + "\"}")
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(
            viewer
                .console("POST", "/v1/operators", "{\"email\":\"me@tidegate.example\"}")
                .statusCode())
        .isEqualTo(403);
    assertThat(ada.get("/v1/operators").statusCode()).isEqualTo(403);
    assertThat(
            ada.console(
                    "PATCH", "/v1/tenants/" + app.tenantId(), "{\"limits\":{\"connections\":9}}")
                .statusCode())
        .isEqualTo(403);
    assertThat(viewer.console("PATCH", "/v1/session", "{\"operator\":true}").statusCode())
        .isEqualTo(400);
  }
}
