package io.tidegate.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.TestGateway;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /demo/token}: who gets one, and what it is good for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuestTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeAll
  void start() {
    gateway =
        TestGateway.start(
            "demo_guest", Map.of("TIDEGATE_DEMO", "true", "TIDEGATE_TRUSTED_PROXIES", "127.0.0.1"));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void guestMayUseTheDemoChannelsForAWhileAndNothingElse() {
    JsonNode admitted = admitted("");
    JsonNode claims = claims(admitted.path("token").asText());

    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(899L, 901L);
    assertThat(claims.path("cap"))
        .isEqualTo(
            json(
                "{\"demo:*\":[\"publish\",\"subscribe\"],\"stocks:*\":[\"subscribe\"],"
                    + "\"quakes:*\":[\"subscribe\"]}"));
    assertThat(status(admitted, "/v1/tickets", "{\"channels\":[\"quakes:alaska\"]}"))
        .isEqualTo(201);
    assertThat(status(admitted, "/v1/tickets", "{\"channels\":[\"chat:room-7\"]}")).isEqualTo(403);
    assertThat(status(admitted, "/v1/channels/demo:lobby/messages", "{\"data\":1}")).isEqualTo(201);
    assertThat(status(admitted, "/v1/channels/stocks:AAPL/messages", "{\"data\":1}"))
        .isEqualTo(403);
    assertThat(status(admitted, "/v1/tokens", "{\"capabilities\":{\"*\":[\"publish\"]}}"))
        .isEqualTo(403);
  }

  @Test
  void guestStaysWhoItIsWithAFreshToken() {
    String first = admitted("{}").path("clientId").asText();
    String second = admitted("{}").path("clientId").asText();

    assertThat(first).matches("guest-[0-9a-f]{6}").isNotEqualTo(second);
    JsonNode again = admitted("{\"clientId\":\"" + first + "\"}");
    assertThat(again.path("clientId").asText()).isEqualTo(first);
    assertThat(claims(again.path("token").asText()).path("sub").asText()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"clientId\":\"ada\"}", "{\"clientId\":7}", "{\"as\":\"x\"}", "[]"})
  void nobodyChoosesToBeSomebodyElse(String body) {
    assertThat(ask(body, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none",
    "Origin, https://evil.example",
    "Origin, http://localhost:1",
    "Origin, null",
    "X-Nothing, of a browser"
  })
  void pageOfAnotherSiteGetsNoToken(String header, String value) {
    HttpResponse<String> answer = ask("{}", header, value);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer.body()).path("code").asInt()).isEqualTo(40304);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void browserWithoutFetchMetadataShowsItsOrigin() {
    String origin = "http://127.0.0.1:" + gateway.gateway().port();

    assertThat(ask("{}", "Origin", origin).statusCode()).isEqualTo(201);
    assertThat(ask("{}", "Origin", origin, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
  }

  @Test
  void behindAProxyThePageIsOfTheHostThatTheProxyTells() {
    String[] asked = {
      "Origin",
      "https://rt.example.com",
      "X-Forwarded-For",
      "203.0.113.7",
      "X-Forwarded-Host",
      "rt.example.com"
    };

    assertThat(ask("{}", asked).statusCode()).isEqualTo(201);
    asked[1] = "https://evil.example";
    assertThat(ask("{}", asked).statusCode()).isEqualTo(403);
  }

  private JsonNode admitted(String body) {
    HttpResponse<String> answer = ask(body, "Sec-Fetch-Site", "same-origin");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return json(answer.body());
  }

  private HttpResponse<String> ask(String body, String... headers) {
    return gateway.send(gateway.request("POST", "/demo/token", body).headers(headers).build());
  }

  private int status(JsonNode admitted, String path, String body) {
    String bearer = "Bearer " + admitted.path("token").asText();
    return gateway
        .send(gateway.request("POST", path, body).header("Authorization", bearer).build())
        .statusCode();
  }

  private static JsonNode claims(String jwt) {
    return json(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), UTF_8));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
