package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.MemoryDeliveryQueue;
import io.tidegate.webhook.MemoryWebhooks;
import io.tidegate.webhook.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node that sends, over a queue in memory and targets of the test's own. */
class DispatchTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final URI URL = URI.create("https://a.example/");
  private static final URI OTHER = URI.create("https://b.example/");

  private final MemoryWebhooks webhooks = new MemoryWebhooks();
  private final MemoryDeliveryQueue queue = new MemoryDeliveryQueue();
  private final List<Dispatch> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Dispatch::close);
  }

  private Dispatch start(Outbound outbound, Toll toll) {
    Dispatch dispatch =
        new Dispatch(
            "n" + started.size(),
            new Dispatch.Stores(webhooks, queue, queue),
            new Dispatch.Parts(outbound, new NativeFormat(), toll),
            Paces.quick(),
            InstantSource.system());
    started.add(dispatch);
    dispatch.start();
    return dispatch;
  }

  private void add(Webhook webhook, String channel, int number) {
    queue.add(
        webhook,
        new ChannelName(channel),
        "{\"channel\":\"" + channel + "\",\"n\":" + number + "}");
  }

  private static Attempt taken() {
    return Attempt.answered(200, 0, new byte[0]);
  }

  @Test
  void whatIsQueuedIsSentAndCounted() {
    Webhook webhook = webhooks.add(URL, 1);
    List<URI> called = Collections.synchronizedList(new ArrayList<>());
    Dispatch dispatch =
        start(
            (url, headers, body) -> {
              called.add(url);
              return taken();
            },
            Toll.NONE);
    add(webhook, "a", 1);
    dispatch.wake(Set.of(webhook.id()));
    add(webhook, "b", 2);

    await().atMost(MINUTE).until(() -> dispatch.figures().events() == 2);

    assertThat(called).containsExactly(URL, URL);
    assertThat(dispatch.figures().taken()).isEqualTo(2);
    await().atMost(MINUTE).until(() -> dispatch.active() == 0);
  }

  @Test
  void whoListensHearsOfEachCallAndWhatCameOfIt() {
    Webhook webhook = webhooks.add(URL, 1);
    AtomicInteger calls = new AtomicInteger();
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    Dispatch dispatch =
        start(
            (url, headers, body) ->
                calls.incrementAndGet() == 1 ? Attempt.unanswered(1, "refused") : taken(),
            Toll.NONE);
    dispatch.listen(
        (lease, deliveries, attempt) ->
            heard.add(
                lease.webhook().equals(webhook.id())
                    + " "
                    + deliveries.getFirst().attempts()
                    + " "
                    + attempt.status()));
    add(webhook, "a", 1);
    dispatch.wake(Set.of(webhook.id()));

    // It is counted before it is told.
    await()
        .atMost(MINUTE)
        .untilAsserted(() -> assertThat(heard).containsExactly("true 0 null", "true 1 200"));
    assertThat(dispatch.figures().events()).isEqualTo(1);
  }

  @Test
  void batchesBringSeveralEventsInOneCall() {
    Webhook webhook = webhooks.add(URL, 10);
    for (int i = 1; i <= 25; i++) {
      add(webhook, "a", i);
    }
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    Dispatch dispatch =
        start(
            (url, headers, body) -> {
              bodies.add(new String(body));
              return taken();
            },
            Toll.NONE);

    await().atMost(MINUTE).until(() -> dispatch.figures().events() == 25);

    assertThat(bodies).hasSize(3).allMatch(body -> body.startsWith("[{"));
  }

  @Test
  void aTargetThatHangsDelaysNobodyElse() throws InterruptedException {
    Webhook hanging = webhooks.add(URL, 1);
    Webhook healthy = webhooks.add(OTHER, 1);
    for (int i = 0; i < 50; i++) {
      add(hanging, "c" + i, 1);
      add(healthy, "c" + i, 1);
    }
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    try {
      Dispatch dispatch =
          start(
              (url, headers, body) -> {
                if (url.equals(URL)) {
                  atOnce.incrementAndGet();
                  uninterrupted(over);
                }
                return taken();
              },
              Toll.NONE);

      await().atMost(MINUTE).until(() -> dispatch.figures().events() == 50);
      assertThat(atOnce.get()).isLessThanOrEqualTo(Paces.quick().places());
    } finally {
      over.countDown();
    }
  }

  private static void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDeadTargetIsLeftAloneAndFoundWhenItIsBack() {
    Webhook webhook = webhooks.add(URL, 1);
    for (int i = 0; i < 40; i++) {
      add(webhook, "c" + i, 1);
    }
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean back = new AtomicBoolean();
    Dispatch dispatch =
        start(
            (url, headers, body) -> {
              calls.incrementAndGet();
              return back.get() ? taken() : Attempt.unanswered(1, "dead");
            },
            Toll.NONE);

    await().atMost(MINUTE).until(() -> dispatch.shut() == 1);
    back.set(true);

    await().atMost(MINUTE).until(() -> dispatch.figures().events() == 40);
    assertThat(dispatch.shut()).isZero();
    assertThat(dispatch.figures().unanswered()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void anOutboundThatThrowsIsAFailedAttempt() {
    Webhook webhook = webhooks.add(URL, 1);
    add(webhook, "a", 1);
    AtomicInteger calls = new AtomicInteger();
    Dispatch dispatch =
        start(
            (url, headers, body) -> {
              if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("a bug");
              }
              return taken();
            },
            Toll.NONE);

    await().atMost(MINUTE).until(() -> dispatch.figures().events() == 1);
    assertThat(dispatch.figures().unanswered()).isEqualTo(2);
  }

  @Test
  void callsWaitForTheTenantsRateAndAreChargedToTheApp() {
    Webhook webhook = webhooks.add(URL, 1);
    for (int i = 1; i <= 5; i++) {
      add(webhook, "a", i);
    }
    AtomicInteger asked = new AtomicInteger();
    Map<AppId, Integer> charged = new ConcurrentHashMap<>();
    Toll everyThird =
        new Toll() {
          @Override
          public long waitMillis(TenantId tenant) {
            assertThat(tenant).isEqualTo(webhook.tenant());
            return asked.incrementAndGet() % 3 == 0 ? 0 : 5;
          }

          @Override
          public void called(AppId app) {
            charged.merge(app, 1, Integer::sum);
          }
        };
    Dispatch dispatch = start((url, headers, body) -> taken(), everyThird);

    // It is counted before it is charged.
    await().atMost(MINUTE).until(() -> charged.containsValue(5));

    assertThat(dispatch.figures().events()).isEqualTo(5);
    assertThat(charged).containsExactly(Map.entry(webhook.app(), 5));
    assertThat(asked.get()).isGreaterThanOrEqualTo(15);
  }

  @Test
  void aWebhookThatIsSwitchedOffIsLeftAtOnceAndWhatWaitsStays() {
    Webhook webhook = webhooks.add(URL, 1);
    Webhook off =
        new Webhook(
            webhook.id(),
            webhook.tenant(),
            webhook.app(),
            webhook.url(),
            webhook.events(),
            webhook.pattern(),
            1,
            false,
            webhook.secrets());
    for (int i = 1; i <= 100; i++) {
      add(webhook, "a", i);
    }
    Dispatch dispatch =
        start(
            (url, headers, body) -> {
              webhooks.put(off);
              return taken();
            },
            Toll.NONE);

    await().atMost(MINUTE).until(() -> dispatch.figures().events() >= 1);
    await().atMost(MINUTE).until(() -> dispatch.active() == 0);
    long sent = dispatch.figures().events();
    assertThat(sent).isLessThanOrEqualTo(Consignment.RUN);

    webhooks.put(webhook);
    await().atMost(MINUTE).until(() -> dispatch.figures().events() > sent);
  }

  @Test
  void aNodeThatGoesDownWritesDownWhatIsUnderWayAndLetsGo() {
    Webhook webhook = webhooks.add(URL, 1);
    for (int i = 1; i <= 3_000; i++) {
      add(webhook, "a", i);
    }
    CountDownLatch calling = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Dispatch dispatch =
        start(
            (url, headers, body) -> {
              calling.countDown();
              calls.incrementAndGet();
              pause();
              return taken();
            },
            Toll.NONE);
    uninterrupted(calling);

    dispatch.close();

    assertThat(dispatch.active()).isZero();
    assertThat(dispatch.figures().events()).isEqualTo(calls.get());
    assertThat(queue.take("other", MINUTE, 1)).hasSize(1);
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
