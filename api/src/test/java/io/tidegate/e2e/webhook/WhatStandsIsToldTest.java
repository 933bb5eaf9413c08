package io.tidegate.e2e.webhook;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.client.PollClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.webhook.standing.ToldEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients do to channels, members and connections is queued for webhooks. */
@WireTest
final class WhatStandsIsToldTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String DATABASE = "standings_e2e";

  private final TestGateway gateway =
      TestGateway.start(DATABASE, Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));
  private final Target target = Door.of(gateway);
  private final Backend backend = Backend.thatTakesAll();
  private TestApp app;
  private Audience audience;
  private Outbox outbox;

  @BeforeEach
  void another() {
    app = TestApp.create(target, "Standing");
    audience = new Audience(app);
    Hook hook = Hook.create(app, backend);
    hook.change(
        "{'events':['channel.occupied','channel.vacated','member.added','member.updated',"
            + "'member.removed','connection.opened','connection.closed']}");
    TestServer server = TestPostgres.server();
    outbox =
        new Outbox(
            server.url(DATABASE), server.user(), server.password(), UUID.fromString(hook.id()));
  }

  @AfterAll
  void stop() {
    gateway.close();
    backend.close();
  }

  private void awaitTypes(String fact, String... types) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(outbox.told().types(fact)).containsExactly(types));
  }

  private List<String> arrived(String fact) {
    return ToldEvents.of(backend.taken()).types(fact);
  }

  private JsonNode data(String type) {
    String event =
        outbox.events().stream()
            .filter(one -> one.startsWith(type + " "))
            .findFirst()
            .orElseThrow();
    return Json.read(event.substring(type.length() + 1));
  }

  @Test
  void eachBeginningChangeAndEndIsAnEvent() {
    String id;
    try (WebSocketClient client = audience.client("ada")) {
      id = client.connectionId();
      client.subscribe("room");
      client.frames().await("subscribed");
      Audience.act(client, "enter", "room", "{\"mood\":1.50}");
      awaitTypes("member room " + id, "member.added");
      Audience.act(client, "update", "room", "{\"mood\":2}");
      awaitTypes("member room " + id, "member.added", "member.updated");
      client.send(json("{'type':'unsubscribe','id':'u1','channel':'room'}"));
      awaitTypes("channel room ", "channel.occupied", "channel.vacated");
      client.sayGoodbye();
    }
    awaitTypes("member room " + id, "member.added", "member.updated", "member.removed");
    awaitTypes("connection  " + id, "connection.opened", "connection.closed");

    assertThat(data("channel.occupied")).isEqualTo(Json.read(json("{'channel':'room'}")));
    assertThat(data("channel.vacated")).isEqualTo(data("channel.occupied"));
    assertThat(outbox.events())
        .contains(
            "member.added "
                + json(
                    "{'channel':'room','clientId':'ada','connectionId':'%s','data':{'mood':1.50}}",
                    id),
            "connection.opened "
                + json("{'connectionId':'%s','clientId':'ada','keyName':'%s'}", id, app.keyName()));
    assertThat(data("member.removed").path("data").path("mood").asInt()).isEqualTo(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(arrived("member room " + id))
                    .containsExactly("member.added", "member.updated", "member.removed"));
    assertThat(String.join("\n", outbox.events()))
        .doesNotContain(app.key().substring(app.key().indexOf(':') + 1));
  }

  @Test
  void aConnectionThatGoesOnIsTheSameMember() {
    try (WebSocketClient client = audience.client("ada")) {
      String id = client.connectionId();
      app.namespace("room", "{'pattern':'*','presence':{'graceSeconds':60}}");
      Audience.enter(client, "room");
      awaitTypes("member room " + id, "member.added");
      client.cut();
      client.resume();
      Audience.act(client, "update", "room", "2");

      awaitTypes("member room " + id, "member.added", "member.updated");
      Audience.act(client, "leave", "room", "");
      awaitTypes("member room " + id, "member.added", "member.updated", "member.removed");
      outbox.told().assertAlternate();
      assertThat(outbox.told().standing("connection  " + id)).isNotNull();
    }
  }

  @Test
  void pollsAreNoConnectionsAndTheLogIsNoChannel() {
    Credential key = Credential.key(app.key());
    try (PollClient polls = PollClient.open(target, key, "room");
        WebSocketClient listener = WebSocketClient.open(target, key)) {
      listener.subscribe("[meta]log");
      listener.frames().await("subscribed");
      String id = listener.connectionId();
      awaitTypes("channel room ", "channel.occupied");
      awaitTypes("connection  " + id, "connection.opened");
      assertThat(polls.isOpen()).isTrue();

      ToldEvents told = outbox.told();
      assertThat(told.facts())
          .containsExactlyInAnyOrderElementsOf(List.of("channel room ", "connection  " + id));
    }
  }
}
