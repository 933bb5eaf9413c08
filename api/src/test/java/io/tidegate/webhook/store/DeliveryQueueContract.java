package io.tidegate.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.DeliveryQueue.Due;
import io.tidegate.webhook.DeliveryQueue.Portion;
import io.tidegate.webhook.DeliveryQueue.Run;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue and its leases promise. Each test has a webhook of its own. */
abstract class DeliveryQueueContract {
  static final Attempt TAKEN = Attempt.answered(200, 7, new byte[0]);
  static final Attempt REFUSED = Attempt.answered(503, 7, "later".getBytes());
  static final Duration LONG = Duration.ofHours(1);
  static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Portion MUCH = new Portion(100, 100);

  @SuppressWarnings("NullAway.Init")
  Webhook webhook;

  abstract DeliveryQueue queue();

  abstract Leases leases();

  abstract Webhook newWebhook();

  /** Queues an event of the channel with this JSON object. */
  abstract void add(Webhook to, String channel, String data);

  /** The time of all that waits for it is up. */
  abstract void timeIsUp(Webhook of);

  @BeforeEach
  void begin() {
    webhook = newWebhook();
  }

  void add(String channel, int... numbers) {
    for (int number : numbers) {
      add(webhook, channel, "{\"n\":" + number + "}");
    }
  }

  List<Run> due(String... busy) {
    return queue().due(webhook.id(), "", Set.of(busy), MUCH).runs();
  }

  static List<String> data(List<Run> runs) {
    return runs.stream().flatMap(run -> run.deliveries().stream()).map(Delivery::data).toList();
  }

  static List<UUID> ids(Run... runs) {
    List<UUID> ids = new ArrayList<>();
    for (Run run : runs) {
      run.deliveries().forEach(one -> ids.add(one.id()));
    }
    return ids;
  }

  @Test
  void eachSubjectsQueueIsTakenInOrderFromItsHead() {
    add("b", 1);
    add("a", 2, 3);
    add("b", 4);

    List<Run> runs = due();

    assertThat(runs).extracting(Run::key).containsExactly("a", "b");
    assertThat(data(runs)).containsExactly("{\"n\":2}", "{\"n\":3}", "{\"n\":1}", "{\"n\":4}");
  }

  @Test
  void whatFailedIsTriedAgainWhenItsPauseIsOverAndHoldsUpItsSubjectOnly() {
    add("a", 1, 2);
    add("b", 3);
    List<UUID> head = List.of(ids(due().getFirst()).getFirst());

    assertThat(queue().failed(webhook.tenant(), head, REFUSED, LONG)).isZero();
    assertThat(data(due())).containsExactly("{\"n\":3}");

    assertThat(queue().failed(webhook.tenant(), head, REFUSED, Duration.ZERO)).isZero();
    await().atMost(MINUTE).until(() -> due().size() == 2);
    assertThat(data(due())).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    assertThat(due().getFirst().deliveries().getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void whatWasTakenIsNotTakenAgain() {
    add("a", 1, 2);
    List<UUID> head = List.of(ids(due().getFirst()).getFirst());

    queue().delivered(webhook.tenant(), head, TAKEN);
    queue().delivered(webhook.tenant(), head, TAKEN);
    queue().failed(webhook.tenant(), head, REFUSED, Duration.ZERO);

    assertThat(data(due())).containsExactly("{\"n\":2}");
  }

  @Test
  void aBusySubjectIsLeftOut() {
    add("a", 1);
    add("b", 2);

    assertThat(due("a")).extracting(Run::key).containsExactly("b");
    assertThat(due("a", "b")).isEmpty();
  }

  @Test
  void aSmallPortionGoesRoundAllSubjects() {
    for (String key : List.of("a", "b", "c", "d", "e")) {
      add(key, 1, 2, 3);
    }
    Portion small = new Portion(2, 2);
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      Due due = queue().due(webhook.id(), after, Set.of(), small);
      due.runs().forEach(run -> seen.add(run.key() + run.deliveries().size()));
      after = due.after();
    } while (!after.isEmpty());

    assertThat(seen).containsExactly("a2", "b2", "c2", "d2", "e2");
  }

  @Test
  void manySubjectsThatWaitDoNotHideOneThatIsDue() {
    for (int i = 0; i < 600; i++) {
      add("k%03d".formatted(i), i);
    }
    List<UUID> failed = new ArrayList<>();
    for (Due due = look(""); ; due = look(due.after())) {
      due.runs().stream()
          .filter(run -> !run.key().equals("k599"))
          .forEach(run -> failed.addAll(ids(run)));
      if (due.after().isEmpty()) {
        break;
      }
    }
    assertThat(failed).hasSize(599);
    queue().failed(webhook.tenant(), failed, REFUSED, LONG);

    List<String> found = new ArrayList<>();
    for (Due due = look(""); ; due = look(due.after())) {
      due.runs().forEach(run -> found.add(run.key()));
      if (due.after().isEmpty()) {
        break;
      }
    }
    assertThat(found).containsExactly("k599");
  }

  private Due look(String after) {
    return queue().due(webhook.id(), after, Set.of(), MUCH);
  }

  @Test
  void whatIsTriedForTooLongIsGivenUpAndTheNextOneComes() {
    add("a", 1, 2);
    List<UUID> head = List.of(ids(due().getFirst()).getFirst());
    timeIsUp(webhook);

    assertThat(queue().failed(webhook.tenant(), head, REFUSED, LONG)).isEqualTo(1);

    assertThat(data(due())).containsExactly("{\"n\":2}");
  }

  @Test
  void whatWaitsForATargetThatIsBackComesSoon() {
    add("a", 1);
    queue().failed(webhook.tenant(), ids(due().getFirst()), REFUSED, LONG);
    assertThat(due()).isEmpty();

    queue().hasten(webhook.id(), Duration.ofMillis(50));

    await().atMost(MINUTE).until(() -> due().size() == 1);
  }

  private boolean takes(String owner, Duration length) {
    return leases().take(owner, length, 1_000).stream()
        .anyMatch(lease -> lease.webhook().equals(webhook.id()));
  }

  @Test
  void aWebhookIsOneNodesAtATime() {
    assertThat(takes("n1", LONG)).as("nothing waits").isFalse();
    add("a", 1);

    assertThat(takes("n1", LONG)).isTrue();
    assertThat(takes("n1", LONG)).isFalse();
    assertThat(takes("n2", LONG)).isFalse();
    assertThat(leases().renew("n2", LONG, List.of(webhook.id()))).isEmpty();
    assertThat(leases().renew("n1", LONG, List.of(webhook.id()))).containsExactly(webhook.id());
  }

  @Test
  void aNodeThatSaysNothingLosesIt() {
    add("a", 1);
    assertThat(takes("n1", Duration.ofMillis(20))).isTrue();

    await().atMost(MINUTE).until(() -> takes("n2", LONG));

    assertThat(leases().renew("n1", LONG, List.of(webhook.id()))).isEmpty();
    leases().release("n1", webhook.id(), Duration.ZERO);
    assertThat(takes("n3", LONG)).isFalse();
  }

  @Test
  void whatIsLetGoIsAnothersAfterThePause() {
    add("a", 1);
    assertThat(takes("n1", LONG)).isTrue();
    leases().release("n1", webhook.id(), LONG);
    assertThat(takes("n2", LONG)).isFalse();

    Webhook other = newWebhook();
    add(other, "a", "{}");
    assertThat(leases().take("n1", LONG, 1_000))
        .extracting(Leases.Lease::webhook)
        .contains(other.id());
    leases().release("n1", other.id(), Duration.ZERO);
    await()
        .atMost(MINUTE)
        .until(
            () ->
                leases().take("n2", LONG, 1_000).stream()
                    .anyMatch(lease -> lease.webhook().equals(other.id())));
  }
}
