package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.sdk.gateway.Gateway;
import io.tidegate.sdk.gateway.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a subscription receives, how fast it takes it, and how it begins and ends. */
class SubscribeIT {
  private static final Gateway GATEWAY = Gateway.shared();

  /** With ample time to renew it: a gateway looks each 5 s whether it has to warn. */
  private static final int TTL_SECONDS = 15;

  private final String key = GATEWAY.durableKey();

  @Test
  void oneConnectionCarriesPublishesAndWhatIsSubscribed() throws Exception {
    try (Tidegate tidegate = client()) {
      List<ConnectionState> states = new ArrayList<>();
      tidegate.connection().onStateChange(change -> states.add(change.current()));
      assertThat(tidegate.connection().state()).isEqualTo(ConnectionState.INITIALIZED);
      Inbox inbox = new Inbox();
      ready(tidegate.channel("chat:1").subscribe(inbox));
      Published published = tidegate.channel("chat:1").publish("greeting", Map.of("text", "Hi"));
      inbox.awaitCount(1);
      Message message = inbox.messages().get(0);
      assertThat(message.position()).isEqualTo(published.position());
      assertThat(message.id()).isEqualTo(published.id());
      assertThat(message.name()).contains("greeting");
      assertThat(message.data()).isEqualTo(Map.of("text", "Hi"));
      assertThat(message.connectionId()).isEqualTo(tidegate.connection().id());
      tidegate.connection().close();
      assertThat(tidegate.connection().state()).isEqualTo(ConnectionState.CLOSED);
      await()
          .atMost(Inbox.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(states)
                      .containsExactly(
                          ConnectionState.CONNECTING,
                          ConnectionState.CONNECTED,
                          ConnectionState.CLOSED));
    }
  }

  @Test
  void whoIsSlowLosesNothingAndHoldsUpNobody() throws Exception {
    try (Tidegate backend = client();
        Tidegate tidegate = client()) {
      CountDownLatch held = new CountDownLatch(1);
      Inbox slow = new Inbox();
      MessageListener blocking =
          message -> {
            try {
              held.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            slow.onMessage(message);
          };
      Inbox quick = new Inbox();
      Inbox beside = new Inbox();
      ready(
          tidegate.channel("durable:slow").subscribe(SubscribeOptions.live().buffer(8), blocking));
      ready(tidegate.channel("durable:slow").subscribe(quick));
      ready(tidegate.channel("durable:other").subscribe(beside));
      for (int from = 0; from < 500; from += 100) {
        List<OutgoingMessage> some =
            IntStream.range(from, from + 100).mapToObj(OutgoingMessage::of).toList();
        backend.channel("durable:slow").publish(some);
        backend.channel("durable:other").publish(some);
      }
      quick.awaitCount(500);
      beside.awaitCount(500);
      assertThat(slow.messages()).isEmpty();
      held.countDown();
      slow.awaitCount(500);
      for (Inbox inbox : List.of(slow, quick, beside)) {
        assertThat(inbox.seqs()).isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(inbox.jumps()).isEmpty();
      }
    }
  }

  @Test
  void aReactiveSubscriberIsGivenWhatItAsksFor() throws Exception {
    try (Tidegate backend = client();
        Tidegate tidegate = client()) {
      Puller puller = new Puller();
      List<Discontinuity> jumps = new ArrayList<>();
      Published first = backend.channel("durable:flow").publish("n", -1);
      Position begin = new Position(first.epoch(), 0);
      tidegate.channel("durable:flow").stream(SubscribeOptions.since(begin).buffer(4), jumps::add)
          .subscribe(puller);
      backend
          .channel("durable:flow")
          .publish(IntStream.range(0, 59).mapToObj(OutgoingMessage::of).toList());
      puller.pull(3);
      puller.awaitCount(3);
      puller.pull(57);
      puller.awaitCount(60);
      assertThat(puller.most).as("never more than was asked for").hasValue(60);
      assertThat(puller.seqs).isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
      assertThat(jumps).isEmpty();
      puller.subscription().cancel();
    }
  }

  @Test
  void thePastIsReadByRewindAndBySince() throws Exception {
    try (Tidegate tidegate = client()) {
      Channel channel = tidegate.channel("durable:past");
      Published first =
          channel.publish(IntStream.range(0, 20).mapToObj(OutgoingMessage::of).toList());
      Inbox live = new Inbox();
      Inbox rewound = new Inbox();
      Inbox since = new Inbox();
      ready(channel.subscribe(live));
      ready(channel.subscribe(SubscribeOptions.rewind(5), rewound));
      Position tenth = new Position(first.epoch(), 10);
      ready(channel.subscribe(SubscribeOptions.since(tenth), since));
      channel.publish("n", 20);
      live.awaitCount(1);
      rewound.awaitCount(6);
      since.awaitCount(11);
      assertThat(live.seqs()).containsExactly(21L);
      assertThat(rewound.seqs()).containsExactly(16L, 17L, 18L, 19L, 20L, 21L);
      assertThat(since.seqs()).isEqualTo(LongStream.rangeClosed(11, 21).boxed().toList());
    }
  }

  @Test
  void whatIsNoLongerThereIsAnnounced() throws Exception {
    try (Tidegate tidegate = client()) {
      Channel channel = tidegate.channel("chat:gone");
      channel.publish("n", 1);
      Inbox inbox = new Inbox();
      ready(channel.subscribe(SubscribeOptions.since(new Position("other", 0)), inbox));
      await().atMost(Inbox.PATIENCE).untilAsserted(() -> assertThat(inbox.jumps()).hasSize(1));
      assertThat(inbox.jumps().get(0).reason()).isEqualTo(Discontinuity.Reason.EPOCH);
    }
  }

  @Test
  void tokensAreRenewedOnTheOpenConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Tidegate backend = client();
        Tidegate tidegate =
            Tidegate.builder()
                .url(GATEWAY.url())
                .tokenProvider(
                    () -> {
                      asked.incrementAndGet();
                      TokenRequest request =
                          TokenRequest.forClient("ada")
                              .allow("*", "subscribe")
                              .ttl(Duration.ofSeconds(TTL_SECONDS));
                      return backend.tokens().sign(request).token();
                    })
                .build()) {
      Inbox inbox = new Inbox();
      ready(tidegate.channel("durable:token").subscribe(inbox));
      String id = tidegate.connection().id().orElseThrow();
      int count = 0;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TTL_SECONDS + 5);
      while (System.nanoTime() < end || asked.get() < 3) {
        backend.channel("durable:token").publish("n", count++);
        TimeUnit.MILLISECONDS.sleep(200);
      }
      inbox.awaitCount(count);
      assertThat(inbox.seqs()).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
      assertThat(inbox.jumps()).isEmpty();
      assertThat(tidegate.connection().id()).contains(id);
    }
  }

  @Test
  void whatIsRefusedIsSaidAndEndsTheSubscriptionAlone() throws Exception {
    try (Tidegate backend = client();
        Tidegate tidegate =
            Tidegate.builder()
                .url(GATEWAY.url())
                .tokenProvider(
                    () ->
                        backend
                            .tokens()
                            .sign(TokenRequest.forClient("ada").allow("mine:*", "subscribe"))
                            .token())
                .build()) {
      Inbox refused = new Inbox();
      Inbox mine = new Inbox();
      assertThat(tidegate.channel("yours").subscribe(refused).ready())
          .failsWithin(Inbox.PATIENCE)
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.code()).isEqualTo(40301));
      ready(tidegate.channel("mine:1").subscribe(mine));
      assertThat(tidegate.channel("mine:1").publishAsync("n", 1))
          .failsWithin(Inbox.PATIENCE)
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.code()).isEqualTo(40301));
      backend.channel("mine:1").publish("n", 1);
      mine.awaitCount(1);
      await().atMost(Inbox.PATIENCE).until(() -> refused.ends().size() == 1);
    }
  }

  @Test
  void anUnknownKeyIsFinal() {
    String wrong = key.substring(0, key.length() - 4) + "0000";
    try (Tidegate tidegate = Tidegate.builder().url(GATEWAY.url()).key(wrong).build()) {
      assertThat(tidegate.connection().connected())
          .failsWithin(Inbox.PATIENCE)
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.code()).isEqualTo(40101));
      assertThat(tidegate.connection().state()).isEqualTo(ConnectionState.FAILED);
    }
  }

  @Test
  void anEncryptedChannelIsReadByWhoHasItsKeyAndTheOthersAreTold() throws Exception {
    byte[] secret = new byte[32];
    secret[0] = 7;
    try (Tidegate knows = client();
        Tidegate wrong = client()) {
      Inbox read = new Inbox();
      Inbox unread = new Inbox();
      Channel channel = knows.channel("secret:1", ChannelOptions.encrypted(secret));
      ready(channel.subscribe(read));
      ready(wrong.channel("secret:1", ChannelOptions.encrypted(new byte[32])).subscribe(unread));
      channel.publish("note", Map.of("text", "for us"));
      read.awaitCount(1);
      unread.awaitCount(1);
      assertThat(read.messages().get(0).data()).isEqualTo(Map.of("text", "for us"));
      assertThat(unread.messages().get(0).error())
          .hasValueSatisfying(
              e -> assertThat(e.is(TidegateException.Local.DECRYPTION_FAILED)).isTrue());
    }
  }

  private Tidegate client() {
    return Tidegate.builder().url(GATEWAY.url()).key(key).build();
  }

  private static void ready(Subscription subscription) throws Exception {
    subscription.ready().get(90, TimeUnit.SECONDS);
  }

  /** Takes what it pulls. */
  private static final class Puller implements Flow.Subscriber<Message> {
    private final List<Long> seqs = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger pulled = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final java.util.concurrent.CompletableFuture<Flow.Subscription> begun =
        new java.util.concurrent.CompletableFuture<>();

    Flow.Subscription subscription() {
      return begun.join();
    }

    void pull(int count) {
      pulled.addAndGet(count);
      subscription().request(count);
    }

    void awaitCount(int count) {
      await().atMost(Inbox.PATIENCE).until(() -> seqs.size() >= count);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      begun.complete(subscription);
    }

    @Override
    public void onNext(Message message) {
      seqs.add(message.position().seq());
      most.set(seqs.size());
      assertThat(seqs.size()).isLessThanOrEqualTo(pulled.get());
    }

    @Override
    public void onError(Throwable thrown) {
      throw new AssertionError(thrown);
    }

    @Override
    public void onComplete() {
      throw new AssertionError("a channel has no end");
    }
  }
}
