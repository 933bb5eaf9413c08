package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.usage.Usage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a tenant used is what it sees when it asks. */
@WireTest
final class UsageIsToldTest {
  private final TestGateway gateway = TestGateway.start("usage_e2e");
  private final Target target = Door.of(gateway);

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void publishesDeliveriesConnectionsAndRefusalsAreCounted() {
    TestApp app = TestApp.create(target, "Usage");
    TestApp other = TestApp.create(target, "Idle");
    try (WebSocketClient one = WebSocketClient.open(target, Credential.key(app.key()));
        SseClient two = SseClient.open(target, Credential.key(app.key()), "room")) {
      one.subscribe("room");
      one.frames().await("subscribed");
      two.frames().await("subscribed");
      app.publisher().numbers("room", 5);
      one.frames().awaitSeq("room", 5);
      two.frames().awaitSeq("room", 5);
      one.subscribe("room");
      one.frames().await("error");
      enterTwoChannels(app);
      app.rest().post("/v1/channels/room/messages", "{\"nothing\":1}").expect(400);
      gateway.bean(Usage.class).flush();
    }

    JsonNode row = read(app, "?unit=day").path("items").path(0);
    assertThat(row.path("appId").asText()).isEqualTo(app.id());
    assertThat(row.path("publishes").asInt()).isEqualTo(5);
    assertThat(row.path("deliveries").asInt()).isEqualTo(10);
    assertThat(row.path("bytesIn").asInt()).isEqualTo(5);
    assertThat(row.path("bytesOut").asInt()).isGreaterThan(10 * 50);
    assertThat(row.path("connectionsPeak").asInt()).isEqualTo(3);
    assertThat(row.path("connectionMinutes").asInt()).isPositive();
    assertThat(row.path("channelsPeak").asInt()).isEqualTo(1);
    assertThat(row.path("membersPeak").asInt()).isEqualTo(2);
    assertThat(row.path("refusals").size()).isEqualTo(2);
    assertThat(read(other, "?unit=day").path("items")).isEmpty();
    assertThat(read(other, "?unit=day&appId=" + app.id()).path("items")).isEmpty();
    theSameAsCsv(app, row);
  }

  private void enterTwoChannels(TestApp app) {
    try (WebSocketClient ada = new Audience(app).client("ada")) {
      Audience.enter(ada, "room");
      Audience.enter(ada, "hall");
      Audience.act(ada, "leave", "hall", "");
      Audience.enter(ada, "hall");
    }
  }

  private void theSameAsCsv(TestApp app, JsonNode row) {
    String[] lines = csv(app).split("\r\n", -1);
    assertThat(lines).hasSize(3);
    assertThat(lines[1])
        .startsWith(row.path("start").asText() + "," + app.id() + ",5,10,5,")
        .contains("=1");
  }

  @Test
  void storedBytesAreTold() {
    TestApp app = TestApp.create(target, "Stored");
    app.namespace("log", "{'pattern':'log:*','durability':'durable'}");
    app.publisher().numbers("log:1", 9);
    Usage usage = gateway.bean(Usage.class);
    // Once a minute, whoever measures: the minute may have been measured before there was anything.
    JsonNode row =
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> {
                  usage.measure();
                  return read(app, "?unit=day").path("items").path(0);
                },
                one -> one.path("storedBytes").asLong() > 0);
    assertThat(row.path("storedBytes").asLong()).isEqualTo(9 * 101);
    assertThat(csv(app))
        .startsWith(
            "start,appId,publishes,deliveries,bytesIn,bytesOut,connectionsPeak,connectionMinutes,"
                + "channelsPeak,membersPeak,storedBytes,webhooks,refusals,"
                + "latencyP50Ms,latencyP95Ms,latencyP99Ms\r\n")
        .contains("," + app.id() + ",")
        .contains(",909,");
  }

  @Test
  void questionsThatMakeNoSenseAreRefused() {
    TestApp app = TestApp.create(target, "Questions");
    for (String query :
        new String[] {
          "?unit=year",
          "?start=yesterday",
          "?end=2026",
          "?appId=x",
          "?start=2026-05-05T00:00:00Z&end=2026-05-04T00:00:00Z",
          "?limit=0",
          "?cursor=AAAA"
        }) {
      assertThat(app.control().rest().get(path(app) + query).status()).as(query).isEqualTo(400);
    }
  }

  private String csv(TestApp app) {
    HttpRequest request =
        HttpRequest.newBuilder(target.uri(path(app) + "?unit=day"))
            .header("Authorization", "Bearer " + target.operatorToken())
            .header("Accept", "text/csv")
            .build();
    HttpResponse<String> response =
        Rest.http().sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv");
    return response.body();
  }

  private static JsonNode read(TestApp app, String query) {
    Answer answer = app.control().rest().get(path(app) + query);
    return answer.expect(200).json();
  }

  private static String path(TestApp app) {
    return "/v1/tenants/" + app.tenantId() + "/usage";
  }
}
