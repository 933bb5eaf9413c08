package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.gateway.OwnPostgres;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.History.Kept;
import io.tidegate.e2e.rest.Outcome.Acked;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.management.Scrape;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL goes away in the middle of 5,000 durable publishes and comes back, killed or frozen:
 * who needs it is refused at once, everyone else is served, nobody is disconnected, nothing is lost
 * or doubled, and nothing has to be started again but PostgreSQL.
 */
@ProcessTest
final class PostgresAwayIT {
  private static final int STORE_UNAVAILABLE = 50303;
  private static final int REFUSED_AT_ONCE = 20;

  private static final List<String> BREAKERS =
      List.of("log-lanes", "log-changes", "log-reads", "control-plane");

  @SuppressWarnings("NullAway.Init")
  private OwnPostgres postgres;

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @SuppressWarnings("NullAway.Init")
  private TestApp app;

  @BeforeAll
  void start() {
    postgres = OwnPostgres.start("away");
    gateway = GatewayProcess.start("away", postgres.environment());
    app = TestApp.create(gateway, "Away");
    app.namespace("storm", "{'pattern':'storm:*','durability':'durable'}");
    app.namespace("kept", "{'pattern':'kept:*','durability':'durable'}");
    app.namespace("live", "{'pattern':'live:*','durability':'none'}");
  }

  @AfterAll
  void stop() {
    gateway.close();
    postgres.close();
  }

  @Test
  void killed() {
    outage("killed", postgres::kill9, postgres::startAgain);
  }

  @Test
  void frozen() {
    outage("frozen", postgres::freeze, postgres::thaw);
  }

  private void outage(String name, Runnable begin, Runnable end) {
    String kept = "kept:" + name;
    String room = "room:" + name;
    String live = "live:" + name;
    Credential key = Credential.key(app.key());
    TestApp stranger = TestApp.create(gateway, "Stranger-" + name);
    try (WebSocketClient socket = WebSocketClient.open(gateway, key);
        SseClient stream = SseClient.open(gateway, key, kept, room, live);
        Storm storm = Storm.begin(app, name)) {
      List.of(kept, room, live).forEach(socket::subscribe);
      socket.frames().await("subscribed", 3);
      stream.frames().await("subscribed", 3);
      publishAndSee(socket, stream, kept, 1);
      publishAndSee(socket, stream, room, 1);
      publishAndSee(socket, stream, live, 1);
      storm.awaitSettled(700);

      begin.run();

      patiently("commits are given up").until(() -> !isClosed("log-lanes"));
      assertRefusedAtOnce(kept);
      publishAndSee(socket, stream, room, 2);
      publishAndSee(socket, stream, live, 2);
      assertUnknownIsNotDenied(stranger, room);
      assertUnavailable(Rest.operator(gateway).post("/v1/tenants", "{\"name\":\"Nobody\"}"));
      patiently("reads are given up").until(() -> isRead(kept) && !isClosed("log-reads"));
      assertThat(Rest.operator(gateway).get("/v1/me").status()).isEqualTo(200);

      end.run();

      patiently("everything is asked again")
          .until(() -> BREAKERS.stream().allMatch(this::isClosed));
      publishAndSee(socket, stream, kept, 2);
      publishAndSee(socket, stream, room, 3);
      publishAndSee(socket, stream, live, 3);
      assertThat(app.history(kept).forward(100)).extracting(Kept::seq).containsExactly(1L, 2L);
      stranger.publisher().numbers(room, 1);
      storm.awaitSettled(Storm.PUBLISHES);
      storm.assertKept();
      assertThat(storm.reconnects()).as("nobody was disconnected").isZero();
      assertThat(socket.isOpen()).isTrue();
      assertThat(socket.frames().ofType("discontinuity")).isEmpty();
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  private static ConditionFactory patiently(String what) {
    return Awaitility.await(what).atMost(Duration.ofSeconds(90));
  }

  private boolean isClosed(String breaker) {
    return Scrape.of(gateway.management("/metrics"))
            .sum("tidegate_breaker_state", "breaker=\"" + breaker + "\",state=\"closed\"")
        == 1;
  }

  private double refusals(String breaker) {
    return Scrape.of(gateway.management("/metrics"))
        .sum("tidegate_breaker_refusals_total", "breaker=\"" + breaker + "\"");
  }

  private void publishAndSee(WebSocketClient socket, SseClient stream, String channel, long seq) {
    String body = "{\"data\":" + seq + "}";
    // What needs PostgreSQL may be told to come back by a store that was slow for a moment.
    Acked acked =
        channel.startsWith("kept")
            ? app.publisher().accepted(channel, body)
            : app.publisher().acceptedAtOnce(channel, body);
    assertThat(acked.messages().getFirst().seq()).isEqualTo(seq);
    socket.frames().awaitSeq(channel, seq);
    stream.frames().awaitSeq(channel, seq);
  }

  /** By the breaker, so that nobody has waited for anything. */
  private void assertRefusedAtOnce(String channel) {
    double before = refusals("log-lanes");
    for (int i = 0; i < REFUSED_AT_ONCE; i++) {
      assertUnavailable(publish(app, channel));
    }
    assertThat(refusals("log-lanes") - before).isGreaterThanOrEqualTo(REFUSED_AT_ONCE);
  }

  private void assertUnknownIsNotDenied(TestApp stranger, String channel) {
    patiently("look-ups are given up")
        .until(
            () -> {
              assertUnavailable(publish(stranger, channel));
              return !isClosed("control-plane");
            });
    assertUnavailable(publish(stranger, channel));
    assertUnavailable(publish(stranger.withKey("999999.k1:not-a-secret"), channel));
    String wrong = app.keyName() + ":not-the-secret";
    assertThat(publish(app.withKey(wrong), channel).status()).as("known, and wrong").isEqualTo(401);
  }

  private static Answer publish(TestApp by, String channel) {
    return by.rest().post("/v1/channels/" + Rest.encode(channel) + "/messages", "{\"data\":0}");
  }

  /** Asks for history; true when it is refused as it should be. */
  private boolean isRead(String channel) {
    assertUnavailable(app.rest().get("/v1/channels/" + Rest.encode(channel) + "/messages"));
    return true;
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo(STORE_UNAVAILABLE);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
  }
}
