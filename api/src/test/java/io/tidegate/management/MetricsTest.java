package io.tidegate.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.presence.Audience;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.settings.PoolSizes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetricsTest {
  /** The gateway's own series; those of the JVM, the process and the framework are theirs. */
  private static final String OURS = "tidegate_";

  private final TestGateway gateway = TestGateway.start("metrics");
  private final Target target = Door.of(gateway);

  @AfterAll
  void close() {
    gateway.close();
  }

  private Scrape scrape() {
    return Scrape.of(gateway.gateway().managementPort());
  }

  @Test
  void figuresOfPresenceFollowWhoIsThere() {
    TestApp app = TestApp.create(target, "Present");
    Audience audience = new Audience(app);
    Scrape before = scrape();
    try (WebSocketClient ada = audience.client("ada");
        WebSocketClient bob = audience.client("bob")) {
      Audience.enter(ada, "room");
      Audience.enter(bob, "room");
      Audience.enter(bob, "room");
      try (WebSocketClient observer = audience.observer("room")) {
        Audience.awaitSeen(observer, "room", "ada", "bob");
        Scrape now = scrape();
        assertThat(now.sum("tidegate_presence_members")).isEqualTo(2);
        assertThat(now.sum("tidegate_presence_channels")).isEqualTo(1);
        assertGrown(before, now, "tidegate_presence_enters_total", 2);
        assertGrown(before, now, "tidegate_presence_leaves_total", 0);
        assertGrown(before, now, "tidegate_presence_pages_total", 1);
      }
      Audience.act(bob, "leave", "room", "");
      ada.cut();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> scrape().sum("tidegate_presence_members") == 0);
      assertGrown(before, scrape(), "tidegate_presence_leaves_total", 2);
    }
  }

  @Test
  void figuresFollowWhatHappens() {
    TestApp app = TestApp.create(target, "Measured");
    app.namespace("kept", "{'pattern':'kept','durability':'durable'}");
    // Those of another test may have been closed a moment ago.
    Awaitility.await().until(() -> scrape().sum("tidegate_connections") == 0);
    Scrape before = scrape();
    Credential key = Credential.key(app.key());
    try (WebSocketClient socket = WebSocketClient.open(target, key);
        SseClient stream = SseClient.open(target, key, "room")) {
      socket.subscribe("room");
      socket.subscribe("kept");
      socket.frames().await("subscribed", 2);
      stream.frames().await("subscribed");
      app.publisher().numbers("room", 10);
      app.publisher().numbers("kept", 5);
      socket.frames().awaitSeq("room", 10);
      socket.frames().awaitSeq("kept", 5);
      stream.frames().awaitSeq("room", 10);
      socket.sendAnything("{\"type\":\"wrong\"}");
      socket.frames().await("error");
      Awaitility.await().until(() -> scrape().sum("tidegate_deliveries_total") >= 25);

      Scrape now = scrape();
      assertThat(now.sum("tidegate_connections", "protocol=\"websocket\"")).isEqualTo(1);
      assertThat(now.sum("tidegate_connections", "protocol=\"sse\"")).isEqualTo(1);
      assertThat(now.sum("tidegate_subscriptions")).isEqualTo(3);
      assertThat(now.sum("tidegate_channels")).isEqualTo(2);
      assertGrown(before, now, "tidegate_connections_opened_total", 2);
      assertGrown(before, now, "tidegate_publishes_total", 2);
      assertGrown(before, now, "tidegate_messages_total", 15);
      assertGrown(before, now, "tidegate_message_bytes_total", 16); // "1" ... "10", "1" ... "5"
      assertGrown(before, now, "tidegate_deliveries_total", 25);
      assertGrown(before, now, "tidegate_commit_messages_sum", 5);
      assertThat(now.sum("tidegate_commit_messages_count"))
          .isEqualTo(now.sum("tidegate_commit_seconds_count"))
          .isGreaterThan(0);
      assertThat(now.sum("tidegate_commit_seconds_sum")).isBetween(0.00001, 60.0);
      assertThat(now.sum("tidegate_fanout_seconds_count")).isBetween(2.0, 25.0);
      assertThat(now.sum("tidegate_sent_bytes_total")).isGreaterThan(25 * 20);
      assertThat(now.sum("tidegate_received_bytes_total")).isGreaterThan(20);
      assertThat(now.sum("hikaricp_connections_max", "pool=\"log-lanes\"")).isEqualTo(6);
    }
    Awaitility.await().until(() -> scrape().sum("tidegate_connections") == 0);
    new Rest(target, Credential.bearer("tgc_wrong")).get("/v1/me").expect(401);
    assertThat(scrape().sum("tidegate_refusals_total", "reason=\"credential-invalid\""))
        .isGreaterThan(before.sum("tidegate_refusals_total", "reason=\"credential-invalid\""));
  }

  @Test
  void everyBreakerIsInOneStateAndTheirNamesAreFewAndFixed() {
    Scrape now = scrape();
    for (String breaker : List.of("log-lanes", "log-changes", "log-reads", "control-plane")) {
      String label = "breaker=\"" + breaker + "\"";
      assertThat(now.sum("tidegate_breaker_state", label)).as(breaker).isEqualTo(1);
      assertThat(now.sum("tidegate_breaker_state", label + ",state=\"closed\"")).isEqualTo(1);
    }
    assertThat(now.sum("tidegate_breaker_state")).isEqualTo(4);
    assertThat(now.sum("tidegate_breaker_refusals_total")).isZero();
    assertThat(now.sum("tidegate_bulkhead_free", "bulkhead=\"history-scans\"")).isEqualTo(3);
  }

  @Test
  void aNodeTakesAsManyConnectionsAsItSays() {
    assertThat(scrape().sum("hikaricp_connections_max")).isEqualTo(PoolSizes.STANDARD.total());
  }

  private static void assertGrown(Scrape before, Scrape now, String name, double by) {
    assertThat(now.sum(name) - before.sum(name)).as(name).isEqualTo(by);
  }

  @Test
  void noClientMakesASeries() throws Exception {
    odd("warm");
    long before = ofRequests(scrape());
    for (int i = 0; i < 20; i++) {
      odd("tidal" + i);
    }
    TestApp app = TestApp.create(target, "Nobody-in-labels");
    app.publisher().numbers("no-channel-in-labels", 1);

    Scrape now = scrape();
    assertThat(now.series().keySet())
        .noneMatch(one -> one.contains("tidal") || one.contains("labels"))
        .noneMatch(one -> one.contains(app.id()) || one.contains(app.tenantId()));
    // Routes met for the first time, each with its status; not one per odd request.
    assertThat(ofRequests(now) - before).isLessThan(20);
  }

  /** A collection of garbage of a kind that was not there before makes series, too. */
  private static long ofRequests(Scrape scrape) {
    return scrape.series().keySet().stream().filter(one -> !one.startsWith("jvm_")).count();
  }

  /** Methods, paths, queries and headers of the client's own making. */
  private void odd(String word) throws IOException, InterruptedException {
    for (String method : new String[] {word.toUpperCase(java.util.Locale.ROOT), "GET", "POST"}) {
      for (String path : new String[] {"/" + word, "/v1/apps/" + word, "/v1/tenants?a=" + word}) {
        HttpRequest request =
            HttpRequest.newBuilder(target.uri(path))
                .method(method, BodyPublishers.ofString("{"))
                .header("Content-Type", "text/" + word)
                .header("Authorization", "Bearer " + target.operatorToken())
                .build();
        Rest.http().send(request, BodyHandlers.ofString());
      }
    }
  }

  @Test
  void operationsPageListsEveryMetric() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    Set<String> listed = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `(" + OURS + "[a-z_]+)[`{]").matcher(page);
    while (row.find()) {
      listed.add(row.group(1));
    }
    Set<String> served = new TreeSet<>();
    for (String name : scrape().names()) {
      if (name.startsWith(OURS)) {
        served.add(name.replaceAll("_(bucket|sum|count)$", ""));
      }
    }
    assertThat(listed).isEqualTo(served);
  }
}
