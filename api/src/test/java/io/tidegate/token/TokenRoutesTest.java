package io.tidegate.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.rest.RestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init")
  private RestServer server;

  @BeforeAll
  void start() {
    server = new RestServer("token_routes");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void keyIssuesATokenThatGetsATicket() {
    JsonNode issued =
        json(
            issue(
                "{\"clientId\":\"ada\",\"capabilities\":{\"chat:*\":[\"publish\",\"subscribe\"]},"
                    + "\"ttlSeconds\":600,\"limits\":{\"maxMessageBytes\":100}}"),
            201);
    JsonNode claims = claims(issued.get("token").asText());

    assertThat(claims.get("sub").asText()).isEqualTo("ada");
    assertThat(claims.get("aud").asText()).isEqualTo(server.app().value());
    assertThat(claims.get("jti")).isEqualTo(issued.get("tokenId"));
    assertThat(claims.get("exp").asLong() * 1000).isEqualTo(issued.get("expiresAt").asLong());
    assertThat(claims.get("cap").toString()).isEqualTo("{\"chat:*\":[\"publish\",\"subscribe\"]}");
    assertThat(claims.get("lim").toString()).isEqualTo("{\"maxMessageBytes\":100}");
    JsonNode ticket = json(ticket(bearer(issued), "{\"channels\":[\"chat:room-7\"]}"), 201);
    assertThat(claims(ticket.get("ticket").asText()).get("cap").toString())
        .isEqualTo("{\"chat:room-7\":[\"publish\",\"subscribe\"]}");
    json(ticket(bearer(issued), null), 201);
    assertThat(code(ticket(bearer(issued), "{\"channels\":[\"other\"]}"))).isEqualTo(40301);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|40003|/capabilities",
        "{\"capabilities\":{}}|40003|/capabilities",
        "{\"capabilities\":[]}|40003|/capabilities",
        "{\"capabilities\":{\"a*b\":[\"publish\"]}}|40050|/capabilities/a*b",
        "{\"capabilities\":{\"*\":[]}}|40003|/capabilities/*",
        "{\"capabilities\":{\"*\":[\"admin\"]}}|40003|/capabilities/*",
        "{\"capabilities\":{\"*\":[\"own\"]}}|40003|/capabilities/*",
        "{\"capabilities\":{\"*\":[\"publish\",\"publish\"]}}|40003|/capabilities/*/1",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"ttlSeconds\":0}|40003|/ttlSeconds",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"ttlSeconds\":86401}|40003|/ttlSeconds",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"ttlSeconds\":\"1\"}|40003|/ttlSeconds",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"clientId\":\"\"}|40012|/clientId",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"clientId\":7}|40003|/clientId",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"clientid\":\"a\"}|40002|/clientid",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"limits\":{\"x\":1}}|40002|/limits/x",
        "{\"capabilities\":{\"*\":[\"publish\"]},\"limits\":{\"maxMessageBytes\":0}}|40003|/limits/maxMessageBytes"
      })
  void faultyTokenRequestNamesItsField(String body, int code, String field) {
    HttpResponse<String> answer = issue(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo(code);
    assertThat(json(answer, 400).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void keyWithoutAdminIssuesNothing() {
    String body = "{\"capabilities\":{\"*\":[\"publish\"]}}";

    assertThat(
            code(
                server.send("POST", "/v1/tokens", body, "Authorization", server.keyWithoutAdmin())))
        .isEqualTo(40301);
    assertThat(
            code(
                server.send(
                    "POST",
                    "/v1/tokens/revoke",
                    "{\"targets\":[{\"tokenId\":\"x\"}]}",
                    "Authorization",
                    server.keyWithoutAdmin())))
        .isEqualTo(40301);
  }

  @Test
  void tokenIssuesNothingAndKeyGetsNoTicket() {
    JsonNode issued = json(issue("{\"capabilities\":{\"*\":[\"publish\"]}}"), 201);

    assertThat(code(server.send("POST", "/v1/tokens", "{}", "Authorization", bearer(issued))))
        .isEqualTo(40303);
    assertThat(code(ticket(server.key(), null))).isEqualTo(40306);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenId", "clientId", "keyId"})
  void revokedTokenIsRefusedAtOnce(String by) {
    String body = "{\"clientId\":\"grace\",\"capabilities\":{\"*\":[\"publish\"]}}";
    JsonNode issued = json(issue(body), 201);
    String value =
        switch (by) {
          case "tokenId" -> issued.get("tokenId").asText();
          case "clientId" -> "grace";
          default -> "k1";
        };
    json(ticket(bearer(issued), null), 201);

    HttpResponse<String> revoked = revoke("{\"targets\":[{\"" + by + "\":\"" + value + "\"}]}");

    assertThat(revoked.statusCode()).isEqualTo(204);
    assertThat(code(ticket(bearer(issued), null))).isEqualTo(40141);
    json(ticket(bearer(json(issue(body), 201)), null), 201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|40003|/targets",
        "{\"targets\":[]}|40003|/targets",
        "{\"targets\":[{}]}|40003|/targets/0",
        "{\"targets\":[{\"keyId\":\"k1\",\"clientId\":\"a\"}]}|40003|/targets/0",
        "{\"targets\":[{\"keyId\":\"k9\"}]}|40003|/targets/0/keyId",
        "{\"targets\":[{\"keyId\":\"../k1\"}]}|40003|/targets/0/keyId",
        "{\"targets\":[{\"clientId\":\"\"}]}|40012|/targets/0/clientId",
        "{\"targets\":[{\"tokenId\":5}]}|40003|/targets/0/tokenId",
        "{\"targets\":[{\"tokenId\":\"a\",\"channel\":\"a\"}]}|40002|/targets/0/channel",
        "{\"targets\":[{\"tokenId\":\"a\"}],\"issuedBefore\":-1}|40003|/issuedBefore",
        "{\"targets\":[{\"tokenId\":\"a\"}],\"issuedBefore\":9999999999999}|40003|/issuedBefore"
      })
  void faultyRevocationNamesItsField(String body, int code, String field) {
    HttpResponse<String> answer = revoke(body);

    assertThat(code(answer)).isEqualTo(code);
    assertThat(json(answer, 400).get("errors").toString()).contains("\"" + field + "\"");
  }

  @Test
  void faultyTicketRequestNamesItsField() {
    JsonNode issued = json(issue("{\"capabilities\":{\"*\":[\"publish\"]}}"), 201);

    HttpResponse<String> answer =
        ticket(bearer(issued), "{\"channels\":[\"fine\",\"[other]log\"]}");

    assertThat(code(answer)).isEqualTo(40010);
    assertThat(json(answer, 400).at("/errors/0/field").asText()).isEqualTo("/channels/1");
    assertThat(code(ticket(bearer(issued), "{\"channels\":[]}"))).isEqualTo(40003);
    assertThat(code(ticket(bearer(issued), "{\"channel\":\"a\"}"))).isEqualTo(40002);
  }

  private HttpResponse<String> issue(String body) {
    return server.send("POST", "/v1/tokens", body, "Authorization", server.key());
  }

  private HttpResponse<String> revoke(String body) {
    return server.send("POST", "/v1/tokens/revoke", body, "Authorization", server.key());
  }

  private HttpResponse<String> ticket(
      String authorization, @org.jspecify.annotations.Nullable String body) {
    return server.send("POST", "/v1/tickets", body, "Authorization", authorization);
  }

  private static String bearer(JsonNode issued) {
    return "Bearer " + issued.get("token").asText();
  }

  private static int code(HttpResponse<String> answer) {
    return read(answer.body()).path("code").asInt();
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return read(answer.body());
  }

  private static JsonNode claims(String jwt) {
    String payload = jwt.split("\\.", -1)[1];
    return read(
        new String(
            Base64.getUrlDecoder().decode(payload), java.nio.charset.StandardCharsets.UTF_8));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
