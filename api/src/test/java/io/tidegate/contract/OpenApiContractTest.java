package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of exchanges sees what it must: each case differs from a good one in one thing. */
final class OpenApiContractTest {
  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String MESSAGES = "/v1/channels/chat%3Aroom-7/messages";
  private static final String PUBLISHED =
      "{\"channel\":\"chat:room-7\",\"epoch\":\"e1\",\"messages\":[{\"id\":\"a\",\"seq\":1}]}";
  private static final String PROBLEM =
      """
      {"type":"/docs/errors#not-found","title":"Not found","status":404,"code":40400,
       "detail":"Nothing here.","requestId":"r1"}""";

  @Test
  void exchangesThatKeepToTheContractPass() {
    assertThat(publish("{\"data\":1}", 201, "application/json", PUBLISHED)).isEmpty();
    assertThat(publish("[{\"data\":1},{\"data\":null}]", 201, "application/json", PUBLISHED))
        .isEmpty();
    assertThat(history("limit=10&direction=forward&from=3")).isEmpty();
    assertThat(get("/v1/apps/1", 404, "application/problem+json", PROBLEM)).isEmpty();
  }

  @Test
  void fieldsOfAnAnswerAreTheDocumentedOnes() {
    assertThat(
            publish("{\"data\":1}", 201, "application/json", PUBLISHED.replace("}]", ",\"x\":1}]")))
        .singleElement()
        .asString()
        .contains("'x'");
    assertThat(
            publish(
                "{\"data\":1}",
                201,
                "application/json",
                PUBLISHED.replace("\"epoch\":\"e1\",", "")))
        .singleElement()
        .asString()
        .contains("'epoch'");
    assertThat(
            publish("{\"data\":1}", 201, "application/json", PUBLISHED.replace(":1}", ":\"1\"}")))
        .singleElement()
        .asString()
        .contains("/messages/0/seq");
    assertThat(publish("{\"data\":1}", 201, "application/json", PUBLISHED + "x"))
        .singleElement()
        .asString()
        .contains("is not JSON");
  }

  @Test
  void statusesHeadersAndTypesAreTheDocumentedOnes() {
    assertThat(publish("{\"data\":1}", 200, "application/json", PUBLISHED))
        .singleElement()
        .asString()
        .contains("status 200");
    assertThat(publish("{\"data\":1}", 201, "text/plain", PUBLISHED))
        .singleElement()
        .asString()
        .contains("text/plain");
    assertThat(get("/v1/apps/1", 404, "application/json", PROBLEM))
        .singleElement()
        .asString()
        .contains("content type");
    assertThat(
            CONTRACT.validate(
                new Exchange("DELETE", "/v1/apps/1", Map.of(), null, 204, Map.of(), "")))
        .singleElement()
        .asString()
        .contains("X-Request-Id is missing");
    assertThat(get("/v1/nothing", 200, "application/json", "{}"))
        .anySatisfy(fault -> assertThat(fault).contains("no route"));
    assertThat(get("/v1/nothing", 404, "application/problem+json", PROBLEM)).isEmpty();
  }

  @Test
  void aRefusalIsWhole() {
    String type = "application/problem+json";
    assertThat(get("/v1/apps/1", 404, type, PROBLEM.replace("40400", "40100")))
        .singleElement()
        .asString()
        .contains("status and code");
    assertThat(get("/v1/apps/1", 404, type, PROBLEM.replace("r1", "r2")))
        .singleElement()
        .asString()
        .contains("requestId");
    assertThat(get("/v1/apps/1", 429, type, PROBLEM.replace("404", "429")))
        .singleElement()
        .asString()
        .contains("Retry-After");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":1,\"nmae\":\"x\"}|an unknown field",
        "{\"name\":\"x\"}|no data",
        "{\"data\":1,\"id\":7}|a wrong type",
        "[]|an empty array"
      })
  void theServerMayNotAcceptWhatTheContractForbids(String body, String why) {
    assertThat(publish(body, 201, "application/json", PUBLISHED)).as(why).isNotEmpty();
  }

  @Test
  void whatTheServerRefusesMayBeAnything() {
    assertThat(publish("{\"nmae", 404, "application/problem+json", PROBLEM))
        .as("404 is no answer to a publish")
        .singleElement()
        .asString()
        .contains("status 404");
    String bad = PROBLEM.replace("404", "400");
    assertThat(publish("{\"nmae", 400, "application/problem+json", bad)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"limit=0", "limit=1001", "limit=ten", "direction=up", "start=-1"})
  void acceptedParametersFitTheirSchema(String query) {
    assertThat(history(query)).singleElement().asString().contains("parameter");
  }

  @Test
  void routesSayWhoMay() {
    assertThat(CONTRACT.routes())
        .isNotEmpty()
        .allSatisfy(
            route -> {
              assertThat(route.operationId()).isNotEmpty();
              boolean neither =
                  route.isPublic() || Set.of("session", "none").containsAll(route.credentials());
              assertThat((route.role() == null) == (route.operation() == null))
                  .as(
                      "%s has exactly one of role and operation, unless public or a person's",
                      route)
                  .isEqualTo(neither);
            });
    assertThat(CONTRACT.routes())
        .filteredOn(route -> route.operationId().equals("getKey"))
        .singleElement()
        .satisfies(
            route -> {
              assertThat(route.pathParameters()).containsExactly("appId", "keyId");
              assertThat(route.role()).isEqualTo("viewer");
              assertThat(route.credentials())
                  .containsExactly("operatorToken", "controlToken", "session");
            });
  }

  private static List<String> publish(String body, int status, String type, String answer) {
    return CONTRACT.validate(
        new Exchange(
            "POST",
            MESSAGES,
            Map.of("content-type", List.of("application/json")),
            body,
            status,
            headers(type),
            answer));
  }

  private static List<String> history(String query) {
    return get(
        MESSAGES + "?" + query,
        200,
        "application/json",
        "{\"epoch\":null,\"items\":[],\"next\":null}");
  }

  private static List<String> get(String target, int status, @Nullable String type, String answer) {
    return CONTRACT.validate(
        new Exchange("GET", target, Map.of(), null, status, headers(type), answer));
  }

  private static Map<String, List<String>> headers(@Nullable String type) {
    return type == null
        ? Map.of("X-Request-Id", List.of("r1"))
        : Map.of(
            "X-Request-Id", List.of("r1"),
            "Content-Type", List.of(type + "; charset=utf-8"),
            "ETag", List.of("\"1\""));
  }
}
