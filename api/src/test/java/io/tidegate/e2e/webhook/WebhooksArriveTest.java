package io.tidegate.e2e.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.usage.Usage;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.send.Receiver.Answer;
import io.tidegate.webhook.send.Receiver.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** From the control plane to a tenant's server, with all that is there in a gateway that runs. */
@WireTest
final class WebhooksArriveTest {
  private static final Instant BEGIN = Instant.parse("2026-05-04T09:30:00Z");

  private final TestGateway gateway =
      TestGateway.start("webhooks_e2e", Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));
  private final Target target = Door.of(gateway);

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** Events of one channel that happened at these seconds after {@link #BEGIN}. */
  private void emit(TestApp app, int... seconds) {
    List<Event> events = new ArrayList<>();
    for (int n : seconds) {
      events.add(
          Event.of(
              new AppId(app.id()),
              EventType.MESSAGE_PUBLISHED,
              Subject.of(new ChannelName("room")),
              BEGIN.plusSeconds(n),
              Map.of("n", n)));
    }
    gateway.bean(WebhookEvents.class).emit(events);
  }

  private static void awaitNumbers(Backend backend, Integer... numbers) {
    await()
        .atMost(Hook.LONGEST)
        .untilAsserted(() -> assertThat(backend.numbers()).containsExactly(numbers));
  }

  @Test
  void anEventComesSignedInItsEnvelopeAndIsOnTheBill() {
    TestApp app = TestApp.create(target, "Signed");
    try (Backend backend = Backend.thatTakesAll()) {
      Hook hook = Hook.create(app, backend);
      emit(app, 7);
      JsonNode delivery = hook.await("delivered", 1).getFirst();

      Request call = backend.calls().getFirst();
      assertThat(call.head().getFirst()).isEqualTo("POST /hook HTTP/1.1");
      assertThat(call.header("Content-Type")).isEqualTo("application/json");
      assertThat(call.header("Tidegate-Webhook")).isEqualTo(hook.id());
      assertThat(Backend.isGenuine(call, hook.secret())).isTrue();
      JsonNode event = Json.read(call.body());
      assertThat(event.path("id").asText()).isEqualTo(delivery.path("eventId").asText());
      assertThat(event.path("type").asText()).isEqualTo("message.published");
      assertThat(event.path("app").asText()).isEqualTo(app.id());
      assertThat(event.path("time").asLong()).isEqualTo(BEGIN.plusSeconds(7).toEpochMilli());
      assertThat(event.path("data")).isEqualTo(Json.read("{\"channel\":\"room\",\"n\":7}"));

      JsonNode shown = hook.read(delivery);
      assertThat(shown.path("attempts").asInt()).isPositive();
      assertThat(shown.path("attemptLog").path(0).path("status").asInt()).isEqualTo(204);
      gateway.bean(Usage.class).flush();
      JsonNode usage =
          app.control()
              .rest()
              .get("/v1/tenants/" + app.tenantId() + "/usage?unit=day")
              .expect(200)
              .json();
      assertThat(usage.path("items").path(0).path("webhooks").asInt())
          .isEqualTo(shown.path("attempts").asInt());
    }
  }

  @Test
  void whatTheTargetSaysAndWhyItSaysNothingIsInTheAttemptLog() {
    TestApp app = TestApp.create(target, "Attempts");
    AtomicReference<Answer> says =
        new AtomicReference<>(
            Answer.text("HTTP/1.1 503 x\r\nContent-Length: 11\r\n\r\nback at ten"));
    try (Backend backend = Backend.saying(request -> says.get())) {
      Hook hook = Hook.create(app, backend);
      emit(app, 1);

      JsonNode answered = awaitAttempt(hook, one -> one.path("status").asInt() == 503);
      assertThat(answered.path("answer").asText()).isEqualTo("back at ten");
      assertThat(answered.path("error").isNull()).isTrue();
      assertThat(answered.path("latencyMs").asLong()).isNotNegative();
      says.set(Answer.text(""));
      JsonNode broken =
          awaitAttempt(hook, one -> one.path("error").asText().startsWith("closed: "));
      assertThat(broken.path("status").isNull()).isTrue();
      assertThat(broken.path("answer").isNull()).isTrue();
      says.set(Backend.TAKEN);

      JsonNode shown = hook.read(hook.await("delivered", 1).getFirst());
      assertThat(shown.path("attempts").asInt()).isEqualTo(shown.path("attemptLog").size());
      assertThat(shown.path("attemptLog").path(0).path("status").asInt()).isEqualTo(204);
    }
  }

  /** The newest attempt on the one event that waits, once it is such a one. */
  private static JsonNode awaitAttempt(Hook hook, Predicate<JsonNode> such) {
    return await()
        .atMost(Hook.LONGEST)
        .until(
            () -> hook.read(hook.deliveries("pending").getFirst()).path("attemptLog").path(0),
            such);
  }

  @Test
  void aRedirectIsAFailureAndIsNotFollowed() {
    TestApp app = TestApp.create(target, "Redirect");
    AtomicReference<Answer> says = new AtomicReference<>();
    try (Backend elsewhere = Backend.thatTakesAll();
        Backend backend = Backend.saying(request -> says.get())) {
      says.set(
          Answer.text(
              "HTTP/1.1 307 x\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n"));
      Hook hook = Hook.create(app, backend);
      emit(app, 1);
      await().atMost(Hook.LONGEST).until(() -> backend.calls().size() >= 2);
      says.set(Backend.TAKEN);

      JsonNode log = hook.read(hook.await("delivered", 1).getFirst()).path("attemptLog");

      assertThat(log.path(log.size() - 1).path("status").asInt()).isEqualTo(307);
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @Test
  void deadLettersAreSentAgainOneByOneAllAndByTheirTime() throws SQLException {
    TestApp app = TestApp.create(target, "Dead");
    AtomicReference<Answer> says = new AtomicReference<>(Backend.AWAY);
    try (Backend backend = Backend.saying(request -> says.get())) {
      Hook hook = Hook.create(app, backend);
      emit(app, 1, 2, 3, 4);
      await().atMost(Hook.LONGEST).until(() -> !backend.calls().isEmpty());
      endTheTimeOf(hook);
      List<JsonNode> dead = hook.await("dead", 4);
      assertThat(backend.numbers()).isEmpty();

      says.set(Backend.TAKEN);
      hook.replay(dead.get(1));
      awaitNumbers(backend, 2);
      assertThat(hook.replay("{}")).as("all that are dead").isEqualTo(3);
      awaitNumbers(backend, 2, 1, 3, 4);
      hook.await("delivered", 4);
      assertThat(hook.replay("{}")).isZero();
      assertThat(
              hook.replay(
                  "{'state':'delivered','from':'2026-05-04T09:30:03Z','to':'2026-05-04T09:30:04Z'}"))
          .isEqualTo(1);
      awaitNumbers(backend, 2, 1, 3, 4, 3);

      List<JsonNode> taken = backend.taken();
      assertThat(taken.get(4)).as("the same event, by its id").isEqualTo(taken.get(2));
      assertThat(hook.await("delivered", 4))
          .extracting(one -> one.path("attempts").asInt())
          .allMatch(attempts -> attempts >= 2);
    }
  }

  /** As after 24 h. */
  private void endTheTimeOf(Hook hook) throws SQLException {
    Rows.change(
        gateway.database(),
        "UPDATE webhook_deliveries SET give_up_at = now(), next_attempt_at = now()"
            + " WHERE webhook_id = '"
            + hook.id()
            + "'");
  }

  /** Its owner puts the new secret in after the gateway has begun to sign with it. */
  @Test
  void aSecretIsReplacedWithoutALostEvent() {
    TestApp app = TestApp.create(target, "Rotation");
    AtomicReference<String> known = new AtomicReference<>("");
    AtomicInteger forged = new AtomicInteger();
    try (Backend backend =
        Backend.saying(
            call -> {
              if (Backend.isGenuine(call, Objects.requireNonNull(known.get()))) {
                return Backend.TAKEN;
              }
              forged.incrementAndGet();
              return Answer.status(401);
            })) {
      Hook hook = Hook.create(app, backend);
      known.set(hook.secret());
      emit(app, 1, 2);
      awaitNumbers(backend, 1, 2);

      String second = hook.rotate(3_600);
      emit(app, 3, 4);
      awaitNumbers(backend, 1, 2, 3, 4);
      known.set(second);
      emit(app, 5, 6);
      awaitNumbers(backend, 1, 2, 3, 4, 5, 6);
      assertThat(forged).as("two are good").hasValue(0);

      String third = hook.rotate(0);
      emit(app, 7);
      await().atMost(Hook.LONGEST).until(() -> forged.get() >= 2);
      known.set(third);
      awaitNumbers(backend, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void severalEventsComeInACallInTheirOrder() {
    TestApp app = TestApp.create(target, "Batches");
    try (Backend backend = Backend.thatTakesAll()) {
      Hook hook = Hook.create(app, backend.url(), ",'batch':{'maxEvents':10}");
      Integer[] all = new Integer[25];
      int[] numbers = new int[25];
      for (int i = 0; i < all.length; i++) {
        numbers[i] = i + 1;
        all[i] = i + 1;
      }
      emit(app, numbers);

      awaitNumbers(backend, all);

      assertThat(backend.calls().stream().map(Request::body).distinct())
          .extracting(body -> Json.read(body).size())
          .containsExactly(10, 10, 5);
      assertThat(backend.calls()).allMatch(call -> Backend.isGenuine(call, hook.secret()));
    }
  }

  @Test
  void whatIsOffWaitsAndWhatIsDeletedIsNotCalled() {
    TestApp app = TestApp.create(target, "Off");
    AtomicReference<Answer> says = new AtomicReference<>(Backend.AWAY);
    try (Backend backend = Backend.saying(request -> says.get());
        Backend other = Backend.thatTakesAll()) {
      Hook hook = Hook.create(app, backend);
      Hook.create(app, other);
      emit(app, 1);
      await().atMost(Hook.LONGEST).until(() -> !backend.calls().isEmpty());
      hook.change("{'enabled':false}");
      emit(app, 2);
      awaitNumbers(other, 1, 2);
      says.set(Backend.TAKEN);
      hook.change("{'enabled':true}");
      awaitNumbers(backend, 1);
      emit(app, 3);
      awaitNumbers(backend, 1, 3);

      hook.delete();
      emit(app, 4);
      awaitNumbers(other, 1, 2, 3, 4);
      assertThat(backend.numbers()).containsExactly(1, 3);
    }
  }

  @Test
  void eachTenantHearsOfItsOwnOnlyByItsOwnRate() {
    TestApp one = TestApp.create(target, "One").limits("{'webhooksPerSecond':0}");
    TestApp other = TestApp.create(target, "Other");
    try (Backend ofOne = Backend.thatTakesAll();
        Backend ofOther = Backend.thatTakesAll()) {
      Hook hook = Hook.create(one, ofOne);
      Hook.create(other, ofOther);
      emit(one, 1, 2);
      emit(other, 3);
      awaitNumbers(ofOther, 3);
      assertThat(ofOne.calls()).as("none a second").isEmpty();
      assertThat(hook.await("pending", 2)).allMatch(it -> it.path("attempts").asInt() == 0);

      one.limits("{'webhooksPerSecond':null}");
      awaitNumbers(ofOne, 1, 2);
      emit(other, 4);
      awaitNumbers(ofOther, 3, 4);
      assertThat(ofOne.numbers()).containsExactly(1, 2);
    }
  }
}
