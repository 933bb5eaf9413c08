package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.sdk.gateway.FaultyProxy;
import io.tidegate.sdk.gateway.Gateway;
import io.tidegate.sdk.gateway.Inbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever a line does, messages arrive once and in order, and publishes are published once. */
class ResumeIT {
  private static final Gateway GATEWAY = Gateway.shared();

  private final String key = GATEWAY.durableKey();

  @Test
  void whatIsPublishedDuringADisconnectionArrivesOnceAndInOrder() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(GATEWAY.port());
        Tidegate backend = backend();
        Tidegate client = client(proxy)) {
      Inbox inbox = new Inbox();
      ready(client.channel("durable:a").subscribe(inbox));
      backend.channel("durable:a").publish("n", 0);
      inbox.awaitCount(1);
      proxy.refuse(true);
      for (int from = 1; from < 1_001; from += 100) {
        backend
            .channel("durable:a")
            .publish(IntStream.range(from, from + 100).mapToObj(OutgoingMessage::of).toList());
      }
      proxy.refuse(false);
      inbox.awaitCount(1_001);
      backend.channel("durable:a").publish("n", 1_001);
      inbox.awaitCount(1_002);

      assertThat(inbox.seqs()).isEqualTo(LongStream.rangeClosed(1, 1_002).boxed().toList());
      assertThat(inbox.jumps()).isEmpty();
    }
  }

  @Test
  void publishesWhoseAnswersAreLostArePublishedOnceAndInOrder() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(GATEWAY.port());
        Tidegate backend = backend();
        Tidegate client = client(proxy)) {
      connect(client);
      Channel channel = client.channel("durable:b");
      List<CompletableFuture<Published>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        boolean loses = i % 10 == 3;
        if (loses) {
          for (CompletableFuture<Published> earlier : all) {
            earlier.get(90, TimeUnit.SECONDS);
          }
        }
        proxy.swallow(loses);
        all.add(channel.publishAsync("n", i));
        if (loses) {
          // The gateway has it; its answer does not come.
          awaitHistory(backend, "durable:b", i + 1);
          proxy.swallow(false);
          proxy.cut();
        }
      }
      for (int i = 0; i < all.size(); i++) {
        Published published = all.get(i).get(90, TimeUnit.SECONDS);
        assertThat(published.position().seq()).isEqualTo(i + 1);
      }
      assertThat(texts(backend, "durable:b"))
          .isEqualTo(IntStream.range(0, 40).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void aLinkThatDoesNotAnswerIsReplaced() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(GATEWAY.port());
        Tidegate client = clientBuilder(proxy).timeout(Duration.ofSeconds(2)).build()) {
      connect(client);
      proxy.stall(true);
      CompletableFuture<Published> waiting = client.channel("durable:c").publishAsync("n", 1);
      await()
          .atMost(Inbox.PATIENCE)
          .until(() -> client.connection().state() != ConnectionState.CONNECTED);
      proxy.stall(false);
      assertThat(waiting.get(90, TimeUnit.SECONDS).position().seq()).isEqualTo(1);
    }
  }

  @Test
  void aSlowLineLosesNothing() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(GATEWAY.port());
        Tidegate client = client(proxy)) {
      proxy.delay(20);
      Inbox inbox = new Inbox();
      Channel channel = client.channel("durable:d");
      ready(channel.subscribe(inbox));
      for (int i = 0; i < 50; i++) {
        channel.publishAsync("n", i);
      }
      inbox.awaitCount(50);
      assertThat(inbox.texts())
          .isEqualTo(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void publishesMadeOfflineGoOutInOrderAndAFullQueueSaysSo() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(GATEWAY.port());
        Tidegate backend = backend();
        Tidegate client = clientBuilder(proxy).publishQueue(250).build()) {
      connect(client);
      proxy.refuse(true);
      await()
          .atMost(Inbox.PATIENCE)
          .until(() -> client.connection().state() != ConnectionState.CONNECTED);
      List<CompletableFuture<Published>> all = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        all.add(client.channel("durable:e").publishAsync("n", i));
      }
      assertThat(client.channel("durable:e").publishAsync("n", 250))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              TidegateException.class,
              e -> assertThat(e.is(TidegateException.Local.QUEUE_FULL)).isTrue());
      proxy.refuse(false);
      for (int i = 0; i < 250; i++) {
        assertThat(all.get(i).get(90, TimeUnit.SECONDS).position().seq()).isEqualTo(i + 1);
      }
      assertThat(texts(backend, "durable:e"))
          .isEqualTo(IntStream.range(0, 250).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void aConnectionThatComesBackIsTheSameAndStillPresent() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(GATEWAY.port());
        Tidegate backend = backend();
        Tidegate watcher = tokens(GATEWAY.url(), backend, "eve");
        Tidegate client = tokens(proxy.url(), backend, "ada")) {
      client.channel("durable:f").presence().enter(Map.of("mood", "good"));
      String id = client.connection().id().orElseThrow();
      List<PresenceEvent> seen = new ArrayList<>();
      watcher
          .channel("durable:f")
          .presence()
          .onChange(
              event -> {
                synchronized (seen) {
                  seen.add(event);
                }
              });
      assertThat(watcher.channel("durable:f").presence().members())
          .extracting(Member::clientId)
          .containsExactly("ada");
      CompletableFuture<Void> lost = new CompletableFuture<>();
      client
          .connection()
          .onStateChange(
              change -> {
                if (change.current() == ConnectionState.DISCONNECTED) {
                  lost.complete(null);
                }
              });
      proxy.cut();
      lost.get(90, TimeUnit.SECONDS);
      connect(client);
      assertThat(client.connection().id()).contains(id);
      client.channel("durable:f").presence().update(Map.of("mood", "better"));
      await()
          .atMost(Inbox.PATIENCE)
          .until(
              () -> {
                synchronized (seen) {
                  return seen.stream().anyMatch(one -> one.action() == PresenceEvent.Action.UPDATE);
                }
              });
      client.channel("durable:f").presence().leave();
      await()
          .atMost(Inbox.PATIENCE)
          .until(() -> watcher.channel("durable:f").presence().members().isEmpty());
      synchronized (seen) {
        assertThat(seen)
            .extracting(PresenceEvent::action)
            .containsExactly(
                PresenceEvent.Action.ENTER,
                PresenceEvent.Action.UPDATE,
                PresenceEvent.Action.LEAVE);
      }
    }
  }

  private Tidegate backend() {
    return Tidegate.builder().url(GATEWAY.url()).key(key).build();
  }

  private Tidegate client(FaultyProxy proxy) {
    return clientBuilder(proxy).build();
  }

  private TidegateBuilder clientBuilder(FaultyProxy proxy) {
    return Tidegate.builder().url(proxy.url()).key(key);
  }

  private static Tidegate tokens(String url, Tidegate backend, String clientId) {
    TokenRequest request =
        TokenRequest.forClient(clientId).allow("*", "publish", "subscribe", "presence");
    return Tidegate.builder()
        .url(url)
        .tokenProvider(() -> backend.tokens().sign(request).token())
        .build();
  }

  private static void connect(Tidegate client) throws Exception {
    client.connection().connected().get(90, TimeUnit.SECONDS);
  }

  private static void ready(Subscription subscription) throws Exception {
    subscription.ready().get(90, TimeUnit.SECONDS);
  }

  private static void awaitHistory(Tidegate backend, String channel, int count) throws IOException {
    await()
        .atMost(Inbox.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> texts(backend, channel).size() >= count);
  }

  private static List<String> texts(Tidegate backend, String channel) {
    return backend.channel(channel).history(HistoryQuery.oldestFirst()).stream()
        .map(Message::json)
        .toList();
  }
}
