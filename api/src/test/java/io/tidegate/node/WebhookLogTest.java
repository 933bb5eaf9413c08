package io.tidegate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.json.StrictJson;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.Leases.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who listens to an app's log is told of each call of its webhooks, and of no body. */
final class WebhookLogTest {
  private static final AppId APP = new AppId("482913");
  private static final UUID ID = UUID.fromString("0197f3c2-0000-7000-8000-000000000000");
  private static final Lease LEASE = new Lease(ID, new TenantId(ID), APP);

  private final MetaLog log = new MetaLog(System::nanoTime);
  private final WebhookLog told = new WebhookLog(log, null);
  private final List<LogEvent> written = new ArrayList<>();

  private static Delivery delivery(int attempts) {
    String data = "{\"of\":\"nobody's business\"}";
    return new Delivery(ID, ID, "member.added", "room", Instant.EPOCH, data, attempts);
  }

  private Map<String, Object> last() {
    log.flush((app, events) -> written.addAll(events));
    LogEvent event = written.getLast();
    assertThat(event.name()).isEqualTo("webhook.attempted");
    String json = new String(event.json(), StandardCharsets.UTF_8);
    assertThat(json).doesNotContain("business", "of the receiver's");
    return StrictJson.parseObject(json);
  }

  @Test
  void aCallIsToldWithWhatCameOfIt() {
    log.listen(APP);
    byte[] answer = "a page of the receiver's".getBytes(StandardCharsets.UTF_8);
    told.attempted(LEASE, List.of(delivery(2), delivery(0)), Attempt.answered(503, 41, answer));
    assertThat(last())
        .containsEntry("webhookId", ID.toString())
        .containsEntry("deliveryId", ID.toString())
        .containsEntry("event", "member.added")
        .hasEntrySatisfying("events", is(2))
        .hasEntrySatisfying("attempt", is(3))
        .hasEntrySatisfying("status", is(503))
        .hasEntrySatisfying("latencyMs", is(41))
        .doesNotContainKey("error");

    told.attempted(LEASE, List.of(delivery(0)), Attempt.unanswered(5_000, "no answer in time"));
    assertThat(last()).containsEntry("error", "no answer in time").doesNotContainKey("status");
  }

  private static java.util.function.Consumer<Object> is(long number) {
    return value -> assertThat(((Number) value).longValue()).isEqualTo(number);
  }

  @Test
  void nothingIsMadeWhileNobodyListens() {
    told.attempted(LEASE, List.of(delivery(0)), Attempt.unanswered(1, "refused"));
    log.listen(APP);
    log.flush((app, events) -> written.addAll(events));
    assertThat(written).isEmpty();
  }
}
