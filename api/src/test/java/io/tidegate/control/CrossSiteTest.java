package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No page of another site changes anything with somebody's session. */
class CrossSiteTest {
  private static final String HEADER = "X-Tidegate-Console";
  private static final String SITE = "Sec-Fetch-Site";

  private final String tenant = ControlClient.operator().newTenant();
  private final Person operator = Person.operator();

  /** Every route of the contract that takes a session and is no GET. */
  @TestFactory
  Stream<DynamicTest> everyChangeNeedsTheConsolesHeaderAndItsOrigin() {
    return ControlClient.CONTRACT.routes().stream()
        .filter(route -> route.credentials().contains("session"))
        .filter(route -> !route.method().equals("GET"))
        .map(
            route ->
                dynamicTest(
                    route.operationId(),
                    () -> {
                      String path = RolesTest.absent(route.path());
                      String body = route.exampleRequest();
                      String[][] strangers = {
                        {},
                        {HEADER, "1"},
                        {SITE, "same-origin"},
                        {HEADER, "0", SITE, "same-origin"},
                        {HEADER, "1", SITE, "cross-site"},
                        {HEADER, "1", SITE, "same-site"},
                        {HEADER, "1", SITE, "none"},
                        {HEADER, "1", "Origin", "https://evil.example"},
                        {HEADER, "1", "Origin", "null"},
                        {HEADER, "1", SITE, "cross-site", "Origin", own()},
                      };
                      for (String[] headers : strangers) {
                        operator.sendWith(route.method(), path, body, headers).refused(40311);
                      }
                    }));
  }

  @Test
  void aMatchingOriginDoesWhereABrowserSaysNothingOfTheSite() {
    operator
        .sendWith("PATCH", "/v1/session", "{'name':'Ada'}", HEADER, "1", "Origin", own())
        .expect(200);
  }

  @Test
  void noPageOfAnotherSiteSignsAnybodyIn() {
    String body = "{'email':'ada@acme.example','password':'a long walk by the sea'}";
    Person.stranger().sendWith("POST", "/v1/session", body, SITE, "cross-site").refused(40311);
    Person.stranger()
        .sendWith("POST", "/v1/session", body, "Origin", "https://evil.example")
        .refused(40311);
    Person.stranger().sendWith("POST", "/v1/session", body).refused(40150);
  }

  @Test
  void readingNeedsTheCookieOnly() {
    operator.sendWith("GET", "/v1/tenants/" + tenant, null).expect(200);
  }

  @Test
  void theControlPlaneAnswersNoOtherOriginThatItMayRead() {
    assertThat(
            operator
                .sendWith("GET", "/v1/session", null, "Origin", "https://evil.example")
                .response()
                .headers()
                .map()
                .keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
  }

  @Test
  void aTokenInTheHeaderWinsAndNeedsNoneOfIt() {
    operator
        .sendWith(
            "PATCH",
            "/v1/tenants/" + tenant,
            "{'name':'Acme'}",
            "Authorization",
            "Bearer " + io.tidegate.TestContext.OPERATOR_TOKEN)
        .expect(200);
    operator
        .sendWith("GET", "/v1/session", null, "Authorization", "Bearer tgo_wrong")
        .refused(40101);
  }

  @Test
  void noCookieIsACredentialOfTheDataPlane() {
    operator.sendWith("GET", "/v1/channels", null).refused(40100);
  }

  private static String own() {
    return "http://127.0.0.1:" + ControlClient.gateway().gateway().port();
  }
}
