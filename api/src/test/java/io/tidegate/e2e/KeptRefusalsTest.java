package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestContext;
import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.refusal.Refusals;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals are found again by what a client can name, and tell no secret. */
@WireTest
final class KeptRefusalsTest {
  private static final String FORGED = "Zx9CanaryQ4rT7uWvY2bNmKpLs8dFgHjXc";
  private static final String MESSAGE = json("{'data':1}");

  private final Target target = SharedGateway.target();
  private TestApp app;

  @BeforeEach
  void another() {
    app = TestApp.create(target, "Kept");
  }

  @Test
  void aRequestIsFoundByItsId() {
    Credential token = Credential.bearer(app.token("ada", "{'room':['subscribe']}"));
    Answer refused = new Rest(target, token).post("/v1/channels/room%2F1/messages", MESSAGE);
    String id = refused.headers().firstValue("X-Request-Id").orElseThrow();
    app.rest().post("/v1/channels/room/messages", "{").expect(400);

    List<JsonNode> found = kept("requestId=" + id);
    assertThat(found).hasSize(1);
    JsonNode one = found.getFirst();
    assertThat(one.path("code").asInt()).isEqualTo(40301);
    assertThat(one.path("slug").asText()).isEqualTo("capability-refused");
    assertThat(one.path("status").asInt()).isEqualTo(403);
    assertThat(one.path("detail").asText()).isEqualTo(refused.json().path("detail").asText());
    assertThat(one.path("operation").asText()).isEqualTo("publish");
    assertThat(one.path("channel").asText()).isEqualTo("room/1");
    assertThat(one.path("keyName").asText()).isEqualTo(app.keyName());
    assertThat(one.path("clientId").asText()).isEqualTo("ada");
    assertThat(one.path("protocol").asText()).isEqualTo("rest");
    assertThat(one.path("connectionId").isNull()).isTrue();
    assertThat(one.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(one.path("proven").asBoolean()).isTrue();
  }

  @Test
  void aFrameIsFoundByItsIdAndItsClient() {
    String token = app.token("bob", "{'room':['subscribe']}");
    try (WebSocketClient client = WebSocketClient.open(target, Credential.bearer(token))) {
      client.frames().await("connected");
      String id = client.publish("room", MESSAGE);
      client.frames().await("error");

      List<JsonNode> found = kept("requestId=" + id);
      assertThat(found).hasSize(1);
      assertThat(found.getFirst().path("connectionId").asText()).isEqualTo(client.connectionId());
      assertThat(found.getFirst().path("protocol").asText()).isEqualTo("websocket");
      assertThat(found.getFirst().path("channel").asText()).isEqualTo("room");
      assertThat(kept("clientId=bob")).isEqualTo(found);
      assertThat(kept("clientId=ada")).isEmpty();
    }
  }

  @Test
  void anExpiredTokensClientIsNamedAndAGuessIsNone() {
    String secret = app.key().substring(app.key().indexOf(':') + 1);
    publish(Forged.expired(app.keyName(), secret)).expect(401);
    publish(Forged.good(app.keyName(), "not-the-secret-of-the-key-0123456789ab", "eve"))
        .expect(401);

    assertThat(kept("code=40142").getFirst().path("clientId").asText()).isEqualTo("ada");
    JsonNode guess = kept("code=40101").getFirst();
    assertThat(guess.path("clientId").isNull()).isTrue();
    assertThat(guess.path("proven").asBoolean()).isFalse();
  }

  @Test
  void partsOfABatchAreFoundToo() {
    app.namespace("terse", "{'pattern':'terse','maxMessageBytes':5}");
    String batch =
        json("{'items':[{'channels':['room','terse'],'messages':[{'data':'a longer text'}]}]}");
    app.rest().post("/v1/messages", batch).expect(200);

    assertThat(kept("code=41301"))
        .singleElement()
        .satisfies(one -> assertThat(one.path("channel").asText()).isEqualTo("terse"));
  }

  @Test
  void pagesGoFromTheNewestBack() {
    for (int i = 0; i < 5; i++) {
      app.rest().post("/v1/channels/room" + i + "/messages", "{").expect(400);
    }
    SharedGateway.bean(Refusals.class).flush();
    List<String> channels = new ArrayList<>();
    String path = path("limit=2");
    while (path != null) {
      JsonNode page = app.control().rest().get(path).expect(200).json();
      page.path("items").forEach(one -> channels.add(one.path("channel").asText()));
      String next = page.path("next").asText(null);
      path = page.path("next").isNull() ? null : path("limit=2&cursor=" + Rest.encode(next));
    }
    assertThat(channels).containsExactly("room4", "room3", "room2", "room1", "room0");
  }

  @Test
  void queriesThatMeanNothingAreRefused() {
    for (String query : List.of("code=1", "code=x", "requestId=", "cursor=x", "limit=0")) {
      assertThat(app.control().rest().get(path(query)).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void aFloodIsSampledAndSaysHowManyAreLeftOut() {
    int told = 400;
    for (int i = 0; i < told; i++) {
      app.rest().post("/v1/channels/room/messages", "{").expect(400);
    }
    List<JsonNode> found = kept("limit=1000");
    long leftOut = found.stream().mapToLong(one -> one.path("leftOut").asLong()).sum();
    assertThat(found).hasSizeLessThan(told);
    assertThat(found.size() + leftOut).isEqualTo(told);
  }

  @Test
  void noSecretIsKeptOrExplainedWhereverItWasSent() throws Exception {
    String token = app.token("ada", "{'room':['subscribe']}");
    List<String> secrets =
        List.of(
            app.key().substring(app.key().indexOf(':') + 1),
            app.key(),
            Base64.getEncoder().encodeToString(app.key().getBytes()),
            token,
            app.ticket(token),
            TestContext.OPERATOR_TOKEN,
            app.control().controlToken(app.tenantId(), "viewer"),
            FORGED,
            app.keyName() + ":" + FORGED,
            Forged.good(app.keyName(), FORGED));
    StringBuilder told = new StringBuilder();
    for (String secret : secrets) {
      overRest(secret);
      overStreams(secret, token);
      overFrames(secret, token);
      for (String operation : List.of("publish", "subscribe", "presence", "history", "admin")) {
        told.append(explained(secret, operation));
      }
      // A flood of one code hides nothing: each secret has a share of its own.
      SharedGateway.bean(Refusals.class).flush();
    }
    List<JsonNode> found = kept("limit=1000");
    assertThat(found).hasSizeGreaterThan(50);
    found.forEach(one -> told.append(one).append('\n'));
    for (String secret : secrets) {
      assertThat(told.indexOf(secret)).as("a secret at").isNegative();
    }
    String alone = app.key().substring(app.key().indexOf(':') + 1);
    assertThat(told.indexOf(alone)).isNegative();
    assertThat(told.toString()).contains("***");
  }

  private void overRest(String secret) throws Exception {
    String id = secret.substring(0, Math.min(secret.length(), 64));
    for (String authorization :
        List.of(
            "Bearer " + secret,
            Credential.key(app.key()).authorization(),
            Credential.key(app.keyName() + ":" + secret).authorization())) {
      for (String path : List.of("/v1/channels/%3A" + Rest.encode(secret), "/v1/connections")) {
        HttpRequest request =
            HttpRequest.newBuilder(target.uri(path + "/messages?ticket=" + Rest.encode(secret)))
                .header("Authorization", authorization)
                .header("X-Request-Id", id)
                .header("Origin", "https://" + id)
                .header("Content-Type", "application/json")
                .method("POST", BodyPublishers.ofString("{\"" + secret + "\":1}"))
                .build();
        Rest.http().send(request, BodyHandlers.ofString());
      }
    }
  }

  private void overStreams(String secret, String token) {
    String channel = secret.substring(0, Math.min(secret.length(), 200));
    for (Credential credential :
        List.of(Credential.bearer(token), Credential.ticket(secret), Credential.keyName(secret))) {
      try {
        SseClient.open(target, credential, channel).close();
      } catch (RefusedByGateway refused) {
        // As it should be; what is kept of it is looked at below.
      }
    }
  }

  private void overFrames(String secret, String token) {
    String channel = quote(secret.substring(0, Math.min(secret.length(), 200)));
    String id = quote(secret.substring(0, Math.min(secret.length(), 64)));
    try (WebSocketClient client = WebSocketClient.open(target, Credential.bearer(token))) {
      client.frames().await("connected");
      client.sendAnything(
          "{\"type\":\"publish\",\"id\":%s,\"channel\":%s,\"messages\":[%s]}"
              .formatted(id, channel, MESSAGE));
      client.sendAnything(
          "{\"type\":\"auth\",\"id\":%s,\"token\":%s}".formatted(id, quote(secret)));
      client.sendAnything("{\"type\":%s,\"id\":%s}".formatted(id, id));
      client.ping();
    }
  }

  private String explained(String secret, String operation) {
    String question =
        "{\"credential\":%s,\"operation\":%s,\"channel\":\"room\",\"origin\":\"https://a.test\"}"
            .formatted(quote(secret), quote(operation));
    return app.control()
        .rest()
        .post("/v1/apps/" + app.id() + "/explain", question)
        .expect(200)
        .body();
  }

  private Answer publish(String token) {
    return new Rest(target, Credential.bearer(token)).post("/v1/channels/room/messages", MESSAGE);
  }

  private String path(String query) {
    return "/v1/apps/" + app.id() + "/refusals?" + query;
  }

  private List<JsonNode> kept(String query) {
    SharedGateway.bean(Refusals.class).flush();
    return app.control()
        .rest()
        .get(path(query))
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }
}
