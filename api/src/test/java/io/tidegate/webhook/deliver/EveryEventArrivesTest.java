package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.WebhookAllow;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Leases;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.deliver.Receiver.Mood;
import io.tidegate.webhook.send.GuardedSender;
import io.tidegate.webhook.store.JdbcWebhooks;
import io.tidegate.webhook.store.WebhookFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real calls to real receivers on loopback, over the queue in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryEventArrivesTest {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int CHANNELS = 10;
  private static final int OF_EACH = 20;

  @SuppressWarnings("NullAway.Init")
  private WebhookFixture fixture;

  private final GuardedSender sender = GuardedSender.of(WebhookAllow.parse("127.0.0.1"));

  private final List<Dispatch> started = new ArrayList<>();

  @BeforeAll
  void start() {
    fixture = new WebhookFixture("webhook_arrivals");
  }

  @AfterEach
  void stopNodes() {
    started.forEach(Dispatch::close);
    started.clear();
  }

  @AfterAll
  void stop() {
    sender.close();
    fixture.close();
  }

  private Dispatch node(String name, Leases leases, DeliveryQueue queue) {
    Dispatch dispatch =
        new Dispatch(
            name,
            new Dispatch.Stores(fixture.webhooks(), queue, leases),
            new Dispatch.Parts(new GuardedOutbound(sender), new NativeFormat(), Toll.NONE),
            Paces.quick(),
            InstantSource.system());
    started.add(dispatch);
    dispatch.start();
    return dispatch;
  }

  private Dispatch node(String name) {
    return node(name, fixture.leases(), fixture.queue());
  }

  private void emit(Webhook webhook) {
    for (int n = 1; n <= OF_EACH; n++) {
      for (int c = 0; c < CHANNELS; c++) {
        fixture.emit(webhook.app(), "room:" + c, n);
      }
    }
  }

  private static void awaitAll(Receiver receiver) {
    awaitAll(receiver, CHANNELS, OF_EACH);
  }

  private static void awaitAll(Receiver receiver, int channels, int ofEach) {
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(receiver.distinct()).isEqualTo(channels * ofEach));
    receiver.assertTakenInOrder(channels, ofEach);
  }

  /** Seven calls of ten fail, each in one of four ways. */
  private static Supplier<Mood> failing(long seed) {
    Random random = new Random(seed);
    return () -> {
      synchronized (random) {
        return switch (random.nextInt(20)) {
          case 0, 1, 2, 3 -> Mood.TAKE;
          case 4, 5 -> Mood.TAKE_SLOWLY;
          case 6, 7 -> Mood.TAKE_AND_BREAK_OFF;
          case 8, 9, 10 -> Mood.BREAK_OFF;
          default -> Mood.REFUSE;
        };
      }
    };
  }

  @Test
  void aReceiverThatIsDownThenFailsMostlyAndIsSlowGetsAllOf2000EventsWhileItsNodeIsCutOff()
      throws Exception {
    AtomicBoolean up = new AtomicBoolean();
    AtomicBoolean cut = new AtomicBoolean();
    Supplier<Mood> failing = failing(9);
    try (Receiver poor = new Receiver(() -> up.get() ? failing.get() : Mood.BREAK_OFF);
        Receiver healthy = new Receiver(() -> Mood.TAKE)) {
      AppId app = fixture.app().appId();
      JdbcWebhooks.WithSecret one = fixture.make(app, poor.url(), null, 1);
      fixture.make(app, healthy.url(), null, 1);
      Dispatch first =
          node(
              "p1",
              cutOff(Leases.class, fixture.leases(), cut),
              cutOff(DeliveryQueue.class, fixture.queue(), cut));

      emit(app, 20, 1, 50);
      await().atMost(LONGEST).until(() -> first.shut() == 1);
      awaitAll(healthy, 20, 50);
      assertThat(poor.distinct()).as("down").isZero();

      up.set(true);
      await().atMost(LONGEST).until(() -> poor.distinct() >= 200);
      cut.set(true);
      node("p2");
      emit(app, 20, 51, 100);
      awaitAll(healthy, 20, 100);
      awaitAll(poor, 20, 100);

      assertThat(poor.calls()).as("most failed").isGreaterThan(2 * 2_000);
      for (String call : poor.signed()) {
        assertSigned(call, one.secret());
      }
      assertThat(first.figures().events()).as("the other node went on").isLessThan(4_000);
      assertSettled(one.webhook().id(), 2_000);
    }
  }

  private void emit(AppId app, int channels, int from, int to) {
    for (int n = from; n <= to; n++) {
      List<Event> some = new ArrayList<>();
      for (int c = 0; c < channels; c++) {
        Subject room = Subject.of(new ChannelName("room:" + c));
        some.add(Event.of(app, EventType.MESSAGE_PUBLISHED, room, null, Map.of("n", n)));
      }
      fixture.events().emit(some);
    }
  }

  private static void assertSigned(String call, String secret) throws Exception {
    String signature = call.substring(0, call.indexOf('\n'));
    assertThat(signature).contains("v1=" + mac(call, secret));
  }

  private static String mac(String call, String secret) throws Exception {
    String t = call.substring(2, call.indexOf(','));
    return NativeFormatTest.hmac(secret, t + "." + call.substring(call.indexOf('\n') + 1));
  }

  @Test
  void aReceiverThatMostlyFailsGetsEveryEventInOrder() {
    try (Receiver receiver = new Receiver(failing(7))) {
      Webhook webhook = fixture.webhook(receiver.url(), 1);
      node("f1");
      emit(webhook);

      awaitAll(receiver);

      assertThat(receiver.calls()).isGreaterThan(CHANNELS * OF_EACH * 2);
      assertSettled(webhook);
    }
  }

  @Test
  void batchesToAReceiverThatMostlyFailsKeepTheOrder() {
    try (Receiver receiver = new Receiver(failing(8))) {
      Webhook webhook = fixture.webhook(receiver.url(), 7);
      emit(webhook);
      node("b1");

      awaitAll(receiver);
      assertSettled(webhook);
    }
  }

  private void assertSettled(Webhook webhook) {
    assertSettled(webhook.id(), CHANNELS * OF_EACH);
  }

  private void assertSettled(UUID webhook, int many) {
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(states(webhook)).containsExactly("delivered " + many));
  }

  private List<String> states(UUID webhook) throws SQLException {
    return fixture.texts(
        "SELECT state || ' ' || count(*) FROM webhook_deliveries WHERE webhook_id = '"
            + webhook
            + "' GROUP BY state ORDER BY state");
  }

  @Test
  void aReceiverThatIsDownForAWhileGetsEveryEventAndDelaysNobody() {
    AtomicReference<Mood> mood = new AtomicReference<>(Mood.BREAK_OFF);
    try (Receiver down = new Receiver(mood::get);
        Receiver healthy = new Receiver(() -> Mood.TAKE)) {
      Webhook one = fixture.webhook(down.url(), 1);
      Webhook other = fixture.webhook(healthy.url(), 1);
      Dispatch node = node("d1");
      emit(one);
      await().atMost(LONGEST).until(() -> node.shut() == 1);

      emit(other);
      awaitAll(healthy);
      assertThat(down.distinct()).isZero();

      mood.set(Mood.TAKE);
      awaitAll(down);
    }
  }

  @Test
  void aReceiverThatHangsDelaysNobody() {
    try (Receiver hanging = new Receiver(() -> Mood.STALL);
        Receiver healthy = new Receiver(() -> Mood.TAKE)) {
      Webhook one = fixture.webhook(hanging.url(), 1);
      Webhook other = fixture.webhook(healthy.url(), 1);
      node("h1");
      emit(one);
      emit(other);

      awaitAll(healthy);
      assertThat(hanging.distinct()).isZero();
    }
  }

  /**
   * As when it is killed, cut off or stands still: it says nothing more, and what it was about to
   * write down is lost.
   */
  @Test
  void anotherNodeGoesOnWhereOneFellSilent() {
    AtomicInteger takenSoFar = new AtomicInteger();
    AtomicBoolean cut = new AtomicBoolean();
    Supplier<Mood> moods =
        () -> {
          if (takenSoFar.incrementAndGet() == CHANNELS * OF_EACH / 4) {
            cut.set(true);
          }
          return Mood.TAKE_SLOWLY;
        };
    try (Receiver receiver = new Receiver(moods)) {
      Webhook webhook = fixture.webhook(receiver.url(), 1);
      emit(webhook);
      Dispatch silent =
          node(
              "k1",
              cutOff(Leases.class, fixture.leases(), cut),
              cutOff(DeliveryQueue.class, fixture.queue(), cut));
      await().atMost(LONGEST).until(cut::get);
      node("k2");

      awaitAll(receiver);
      assertSettled(webhook);
      assertThat(silent.figures().events()).isLessThan(CHANNELS * OF_EACH);
    }
  }

  /** The part, and from some moment on one that cannot be reached. */
  private static <T> T cutOff(Class<T> port, T part, AtomicBoolean cut) {
    Object made =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (cut.get()) {
                throw new RefusedException(Refusal.STORE_UNAVAILABLE, "cut off");
              }
              try {
                return method.invoke(part, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return port.cast(made);
  }

  @Test
  void twoNodesShareTheWebhooks() {
    List<Receiver> receivers = new ArrayList<>();
    try {
      List<Webhook> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Receiver receiver = new Receiver(failing(i));
        receivers.add(receiver);
        all.add(fixture.webhook(receiver.url(), 1));
      }
      node("s1");
      node("s2");
      all.forEach(this::emit);

      receivers.forEach(EveryEventArrivesTest::awaitAll);
    } finally {
      receivers.forEach(Receiver::close);
    }
  }

  @Test
  void aSecretIsReplacedWithoutALostEvent() throws Exception {
    CountDownLatch rotated = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Supplier<Mood> moods =
        () -> calls.incrementAndGet() <= 20 || rotated.getCount() == 0 ? Mood.TAKE : Mood.REFUSE;
    try (Receiver receiver = new Receiver(moods)) {
      var app = fixture.app().appId();
      JdbcWebhooks.WithSecret made = fixture.make(app, receiver.url(), null, 1);
      Webhook webhook = fixture.webhooks().find(app, made.webhook().id()).orElseThrow();
      node("r1");
      emit(webhook);
      await().atMost(LONGEST).until(() -> receiver.distinct() >= 15);

      String newest =
          fixture
              .bean(JdbcWebhooks.class)
              .rotate(Caller.SYSTEM, app, webhook.id(), IfMatch.ANY, Duration.ofDays(1))
              .secret();
      rotated.countDown();
      awaitAll(receiver);

      int both = 0;
      for (String call : receiver.signed()) {
        assertSigned(call, made.secret());
        both += call.contains("v1=" + mac(call, newest)) ? 1 : 0;
      }
      assertThat(both).isBetween(1, receiver.signed().size() - 10);
    }
  }
}
