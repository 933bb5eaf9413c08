package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.auth.Authenticator;
import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.usage.Usage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused before a request or connection is anybody's counts for the app it shows. */
@WireTest
final class RefusalsOfKnownAppsAreTheirsTest {
  private static final String ROOM = "/v1/channels/room/messages";

  private final Target target = SharedGateway.target();
  private TestApp app;
  private Credential key;

  @BeforeEach
  void another() {
    app = TestApp.create(target, "Refused");
    key = Credential.key(app.key());
  }

  @Test
  void revokedKeyCountsOverWhateverItSpeaks() {
    revoke();
    assertThat(app.rest().get(ROOM).code()).isEqualTo(40131);
    refused(() -> SseClient.open(target, key, "room"), 40131);
    refused(() -> WebSocketClient.open(target, key), 40131);

    assertThat(refusals()).isEqualTo(Map.of(40131, 3));
  }

  @Test
  void expiredTokenCountsOverWhateverItSpeaks() throws Exception {
    String secret = app.key().substring(app.key().indexOf(':') + 1);
    String token = Forged.expired(app.keyName(), secret);
    assertThat(new Rest(target, Credential.bearer(token)).get(ROOM).code()).isEqualTo(40142);
    refused(() -> SseClient.open(target, Credential.bearer(token), "room"), 40142);
    try (WebSocketClient late = WebSocketClient.open(target, Credential.NONE)) {
      late.auth(token);
      assertThat(late.closeCode()).isEqualTo(4201);
    }

    assertThat(refusals()).isEqualTo(Map.of(40142, 3));
  }

  @Test
  void overLimitsAndAtTheDoorCounts() throws Exception {
    app.limits("{'connections':1,'requestsPerSecondPerKey':1}");
    app.rest().get(ROOM);
    Rest rest = app.rest();
    int tooMany = 0;
    for (int i = 0; i < 20 && tooMany == 0; i++) {
      tooMany += rest.get(ROOM).status() == 429 ? 1 : 0;
    }
    assertThat(tooMany).isEqualTo(1);
    app.limits("{'requestsPerSecondPerKey':null}");
    try (SseClient stream = SseClient.open(target, key, "room")) {
      stream.frames().await("subscribed");
      refused(() -> SseClient.open(target, key, "room"), 42901);
      refused(() -> WebSocketClient.open(target, key), 42901);
      String token = app.token("ada", "{'room':['subscribe']}");
      try (WebSocketClient late = WebSocketClient.open(target, Credential.NONE)) {
        late.auth(token);
        assertThat(late.closeCode()).isEqualTo(4104);
      }
    }

    assertThat(refusals()).isEqualTo(Map.of(42900, 1, 42901, 3));
  }

  @Test
  void wrongOriginsRightsAndCredentialsForARouteCount() throws Exception {
    app.control()
        .rest()
        .patch("/v1/apps/" + app.id(), json("{'settings':{'allowedOrigins':['https://a.test']}}"))
        .expect(200);
    assertThat(getFrom("https://evil.test").statusCode()).isEqualTo(403);
    String token = app.token("ada", "{'room':['subscribe']}");
    Credential narrow = Credential.bearer(token);
    assertThat(new Rest(target, narrow).get("/v1/connections").code()).isEqualTo(40303);
    refused(() -> SseClient.open(target, narrow, "other"), 40301);

    assertThat(refusals()).isEqualTo(Map.of(40301, 1, 40303, 1, 40304, 1));
  }

  @Test
  void spentTicketCounts() {
    String ticket = app.ticket(app.token("ada", "{'room':['subscribe']}"));
    SseClient.open(target, Credential.ticket(ticket), "room").close();
    refused(() -> SseClient.open(target, Credential.ticket(ticket), "room"), 40147);

    assertThat(refusals()).isEqualTo(Map.of(40147, 1));
  }

  /** Names of keys are no secrets: whoever knows one may not fill its app's account. */
  @Test
  void strangersGuessesCountNowhereAndBareNamesUpToABound() {
    assertThat(new Rest(target, Credential.key(app.keyName() + ":wrong")).get(ROOM).code())
        .isEqualTo(40101);
    String forged = Forged.good(app.keyName(), "a-secret-that-is-not-the-key's-own-0123456");
    assertThat(new Rest(target, Credential.bearer(forged)).get(ROOM).code()).isEqualTo(40101);
    refused(() -> SseClient.open(target, Credential.keyName("1.nobody"), "room"), 40101);
    assertThat(refusals()).isEmpty();

    revoke();
    refused(() -> SseClient.open(target, Credential.keyName(app.keyName()), "room"), 40131);
    assertThat(refusals()).isEqualTo(Map.of(40131, 1));
  }

  @Test
  void refusalSaysNoMoreToWhoIsRefused() {
    revoke();
    Authenticator authenticator = SharedGateway.bean(Authenticator.class);
    assertThatThrownBy(() -> authenticator.key(app.key()))
        .hasMessage("the key was revoked")
        .hasMessageNotContaining(app.id());
    String body = app.rest().get(ROOM).expect(401).body();
    assertThat(body).doesNotContain(app.id(), app.tenantId());
  }

  private void revoke() {
    app.control().rest().delete("/v1/apps/" + app.id() + "/keys/" + app.keyId()).expect(204);
  }

  private java.net.http.HttpResponse<String> getFrom(String origin)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(target.uri(ROOM)).header("Origin", origin);
    key.addTo(request);
    return Rest.http().send(request.build(), BodyHandlers.ofString());
  }

  private static void refused(Runnable open, int code) {
    assertThatThrownBy(open::run)
        .isInstanceOfSatisfying(
            RefusedByGateway.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  /** By code, as the tenant is told. */
  private Map<Integer, Integer> refusals() {
    SharedGateway.bean(Usage.class).flush();
    String path = "/v1/tenants/" + app.tenantId() + "/usage?unit=day";
    Map<Integer, Integer> sums = new TreeMap<>();
    for (JsonNode row : app.control().rest().get(path).expect(200).json().path("items")) {
      row.path("refusals")
          .properties()
          .forEach(
              one ->
                  sums.merge(Integer.valueOf(one.getKey()), one.getValue().asInt(), Integer::sum));
    }
    return sums;
  }
}
