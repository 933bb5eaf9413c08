package io.tidegate.e2e.console;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.tenant.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the console's live pages ask for is there, and true. */
@WireTest
final class LivePagesAreToldTest {
  private static final String CLIENT = "{'*':['publish','subscribe','presence','history']}";

  private TestApp app;
  private Rest viewer;

  @BeforeEach
  void another() {
    app = TestApp.create(SharedGateway.target(), "Live");
    viewer = new Person(app, Role.VIEWER).rest();
  }

  private WebSocketClient open(String clientId) {
    return WebSocketClient.open(app.target(), Credential.bearer(app.token(clientId, CLIENT)));
  }

  @Test
  void oneConnectionIsSeenWithItsSubscriptions() {
    try (WebSocketClient client = open("ada")) {
      client.subscribe("room");
      client.subscribe("hall");
      client.frames().await("subscribed", 2);
      client.send(json("{'type':'presence','id':'p','channel':'room','action':'enter'}"));
      client.frames().await("reply");
      app.rest().post("/v1/channels/room/messages", json("{'data':1}")).expect(201);
      client.frames().await("message");

      JsonNode seen = viewer.get("/v1/connections/" + client.connectionId()).expect(200).json();
      assertThat(seen.path("clientId").asText()).isEqualTo("ada");
      assertThat(seen.path("protocol").asText()).isEqualTo("native");
      assertThat(seen.path("transport").asText()).isEqualTo("websocket");
      assertThat(seen.path("lag").asInt()).isZero();
      assertThat(seen.path("pendingBytes").asInt()).isZero();
      assertThat(seen.path("console").asBoolean()).isFalse();
      assertThat(seen.path("expiresAt").asLong()).isGreaterThan(seen.path("openedAt").asLong());
      JsonNode room = seen.path("channels").path(0);
      assertThat(room.path("channel").asText()).isEqualTo("room");
      assertThat(room.path("state").asText()).isEqualTo("live");
      assertThat(room.path("seq").asInt()).isEqualTo(1);
      assertThat(room.path("present").asBoolean()).isTrue();
      JsonNode hall = seen.path("channels").path(1);
      assertThat(hall.path("seq").asInt()).isZero();
      assertThat(hall.path("present").asBoolean()).isFalse();
      viewer.get("/v1/connections/" + client.connectionId() + "x").expect(404);
      TestApp other = TestApp.create(SharedGateway.target(), "Others");
      other.rest().get("/v1/connections/" + client.connectionId()).expect(404);
    }
  }

  @Test
  void subscribersOfAChannelAreListedInPages() {
    List<WebSocketClient> clients = new ArrayList<>();
    try (SseClient stream =
        SseClient.open(app.target(), Credential.bearer(app.token("sse", CLIENT)), "room")) {
      stream.frames().await("subscribed");
      for (int i = 0; i < 4; i++) {
        WebSocketClient client = open("c" + i);
        client.subscribe("room");
        client.frames().await("subscribed");
        clients.add(client);
      }
      List<JsonNode> items = new ArrayList<>();
      String next = "";
      do {
        JsonNode page =
            viewer.get("/v1/channels/room/subscribers?limit=2" + next).expect(200).json();
        page.path("items").forEach(items::add);
        next = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
      } while (!next.isEmpty());

      assertThat(items)
          .extracting(item -> item.path("clientId").asText())
          .containsExactlyInAnyOrder("c0", "c1", "c2", "c3", "sse");
      assertThat(items).extracting(item -> item.path("connectionId").asText()).isSorted();
      assertThat(items).allSatisfy(one -> assertThat(one.path("since").asLong()).isPositive());
      assertThat(viewer.get("/v1/channels/nobody/subscribers").json().path("items")).isEmpty();
    } finally {
      clients.forEach(WebSocketClient::close);
    }
  }

  @Test
  void channelSaysWhichNamespaceAppliesAndByWhatTheOthersLost() {
    app.namespace("all", "{'pattern':'*'}");
    app.namespace("chat", "{'pattern':'chat:*'}");
    app.namespace("rooms", "{'pattern':'chat:room-*'}");
    app.namespace("aaa", "{'pattern':'chat:r*'}");

    JsonNode channel = viewer.get("/v1/channels/chat%3Aroom-7").expect(200).json();
    assertThat(channel.path("namespace").asText()).isEqualTo("rooms");
    assertThat(channel.path("pattern").asText()).isEqualTo("chat:room-*");
    assertThat(channel.path("alsoMatching").toString())
        .isEqualTo(
            json(
                "[{'namespace':'aaa','pattern':'chat:r*','lostBy':'literalCharacters'},"
                    + "{'namespace':'chat','pattern':'chat:*','lostBy':'literalCharacters'},"
                    + "{'namespace':'all','pattern':'*','lostBy':'literalSegments'}]"));
  }

  @Test
  void defaultRulesHaveNoPattern() {
    JsonNode channel = viewer.get("/v1/channels/room").expect(200).json();

    assertThat(channel.path("pattern").isNull()).isTrue();
    assertThat(channel.path("alsoMatching")).isEmpty();
  }

  @Test
  void figuresOfAppTenantAndNodeShowWhatGoesOn() {
    Rest operator = app.control().rest();
    try (WebSocketClient client = open("ada")) {
      client.subscribe("room");
      client.frames().await("subscribed");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                app.rest().post("/v1/channels/room/messages", json("{'data':1}")).expect(201);
                viewer.post("/v1/channels/room/messages", json("{'data':1}")).expect(403);
                JsonNode now = operator.get("/v1/apps/" + app.id() + "/figures").expect(200).json();
                assertThat(now.path("connections").asInt()).isEqualTo(1);
                assertThat(now.path("channels").asInt()).isEqualTo(1);
                for (String name :
                    List.of(
                        "publishesPerSecond",
                        "deliveriesPerSecond",
                        "bytesInPerSecond",
                        "bytesOutPerSecond",
                        "refusalsPerSecond")) {
                  assertThat(now.path(name).asDouble()).as(name).isPositive();
                }
                assertThat(now.path("latencyMs").path("p99").asDouble()).isPositive();

                String figures = "/v1/tenants/" + app.tenantId() + "/figures";
                JsonNode tenant = operator.get(figures).expect(200).json();
                assertThat(tenant.path("connections").asInt()).isEqualTo(1);
                assertThat(tenant.path("publishesPerSecond").asDouble()).isPositive();
                JsonNode node = operator.get("/v1/nodes").expect(200).json().path("items").path(0);
                assertThat(node.at("/figures/deliveriesPerSecond").asDouble()).isPositive();
                assertThat(node.at("/figures/heapUsedBytes").asLong()).isPositive();
              });
    }
  }

  @Test
  void anotherTenantsFiguresAreAbsent() {
    TestApp other = TestApp.create(SharedGateway.target(), "Foreign");
    String owner = other.control().controlToken(other.tenantId(), "owner");
    Rest foreign = new Rest(app.target(), Credential.bearer(owner));

    foreign.get("/v1/apps/" + app.id() + "/figures").expect(404);
    foreign.get("/v1/tenants/" + app.tenantId() + "/figures").expect(404);
    foreign.get("/v1/apps/" + other.id() + "/figures").expect(200);
  }

  @Test
  void logShowsTheBeginningOfWhatIsPublishedUnlessTheAppForbidsIt() {
    try (WebSocketClient log =
        WebSocketClient.open(app.target(), new Person(app, Role.VIEWER).credential())) {
      log.subscribe("[meta]log");
      log.frames().await("subscribed");
      JsonNode shown = published(log, "shown", "{'name':'greeting','data':{'text':'Hello'}}");
      assertThat(shown.path("preview").asText()).isEqualTo("{\"text\":\"Hello\"}");
      assertThat(shown.path("name").asText()).isEqualTo("greeting");
      assertThat(shown.path("id").asText()).isNotEmpty();
      assertThat(shown.path("seq").asInt()).isPositive();

      app.control()
          .rest()
          .patch("/v1/apps/" + app.id(), json("{'settings':{'messagePreviews':false}}"))
          .expect(200);
      JsonNode hidden = published(log, "hidden", "{'data':{'text':'Hello'}}");
      assertThat(hidden.path("bytes").asInt()).isPositive();
      JsonNode settings = app.control().rest().get("/v1/apps/" + app.id()).json().path("settings");
      assertThat(settings.path("messagePreviews").asBoolean()).isFalse();
      assertThat(settings.path("allowedOrigins").isArray()).isTrue();
    }
  }

  /** Publishes until the log says it as it is to be said: it learns of a setting a moment later. */
  private JsonNode published(WebSocketClient log, String channel, String message) {
    boolean isShown = channel.equals("shown");
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              app.rest().post("/v1/channels/" + channel + "/messages", json(message)).expect(201);
              return log.frames().messages("[meta]log").stream()
                  .filter(frame -> frame.path("name").asText().equals("message.published"))
                  .map(frame -> frame.path("data"))
                  .filter(data -> data.path("channel").asText().equals(channel))
                  .filter(data -> data.has("preview") == isShown)
                  .findFirst()
                  .orElse(null);
            },
            java.util.Objects::nonNull);
  }

  @Test
  void refusalsAreFoundSinceATime() {
    Instant before = Instant.now().minusSeconds(3_600);
    viewer.post("/v1/channels/room/messages", json("{'data':1}")).expect(403);
    String refusals = "/v1/apps/" + app.id() + "/refusals?code=40301&since=";
    Rest operator = app.control().rest();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(operator.get(refusals + before).expect(200).json().path("items"))
                    .hasSize(1));

    assertThat(operator.get(refusals + Instant.now().plusSeconds(3_600)).json().path("items"))
        .isEmpty();
    operator.get(refusals + "yesterday").expect(400);
  }
}
