package io.tidegate.cluster;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestPorts;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A node that reaches Redis, and PostgreSQL not, accepts messages into windows: webhooks are told
 * of them by another node, as when it had died.
 */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class WhatOneNodeCannotTellOthersTellTest {
  private final TwoNodes nodes = TwoNodes.start("told_by_others");
  private final TestApp first = TestApp.create(nodes.first(), "Told by others");
  private final TestApp second = first.at(nodes.second());

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void inTheOrderOfTheChannel() {
    // Nobody is there: what is told stays in the queue.
    String webhooks = "/v1/apps/" + first.id() + "/webhooks";
    String fields = "{'name':'a','events':['message.published'],'url':'http://127.0.0.1:%d/'}";
    String id =
        first
            .control()
            .rest()
            .post(webhooks, json(fields.formatted(TestPorts.free())))
            .expect(201)
            .json()
            .path("id")
            .asText();
    String deliveries = webhooks + "/" + id + "/deliveries";
    nodes.awaitToldToSecond();
    publish(second, "a");
    publish(first, "b");
    awaitTold(deliveries, "a", "b");

    nodes.cutDatabaseOfSecond(true);
    for (String message : List.of("c", "d", "e")) {
      publish(second, message);
    }
    awaitTold(deliveries, "a", "b", "c", "d", "e");

    publish(second, "f");
    publish(first, "g");
    nodes.cutDatabaseOfSecond(false);
    publish(second, "h");
    awaitTold(deliveries, "a", "b", "c", "d", "e", "f", "g", "h");
  }

  private static void publish(TestApp app, String id) {
    app.publisher().accepted("room", json("{'id':'%s','data':1}".formatted(id)));
  }

  private void awaitTold(String deliveries, String... ids) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(told(deliveries)).containsExactly(ids));
  }

  private List<String> told(String deliveries) {
    List<String> ids = new ArrayList<>();
    JsonNode page =
        first.control().rest().get(deliveries + "?limit=100").expect(200).json().path("items");
    for (JsonNode one : page) {
      String path = deliveries + "/" + one.path("id").asText();
      ids.add(first.control().rest().get(path).expect(200).json().at("/data/message/id").asText());
    }
    Collections.reverse(ids);
    return ids;
  }
}
