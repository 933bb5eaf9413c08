package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.gateway.CuttingProxy;
import io.tidegate.sdk.gateway.Gateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is published arrives once, as it was, and is answered for what it is. */
class PublishIT {
  private static final Gateway GATEWAY = Gateway.shared();

  record Greeting(String text, int count) {}

  @Test
  void aMessageIsReadAsItWasPublished() {
    try (Tidegate tidegate = GATEWAY.client().build()) {
      Channel channel = tidegate.channel("chat:räume/7");
      OutgoingMessage sent =
          OutgoingMessage.of("greeting", new Greeting("Grüße 😀", 2))
              .header("lang", "de")
              .from("ada");
      Published published = channel.publish(sent);

      Message read = channel.history().iterator().next();
      assertThat(read.position()).isEqualTo(published.position());
      assertThat(read.id()).isEqualTo(published.id());
      assertThat(read.name()).contains("greeting");
      assertThat(read.data(Greeting.class)).isEqualTo(new Greeting("Grüße 😀", 2));
      assertThat(read.headers()).isEqualTo(Map.of("lang", "de"));
      assertThat(read.clientId()).contains("ada");
    }
  }

  @Test
  void bytesAndNumbersKeepEveryBit() {
    try (Tidegate tidegate = GATEWAY.client().build()) {
      Channel channel = tidegate.channel("exact");
      byte[] bytes = {0, -1, 127, -128};
      channel.publish(OutgoingMessage.bytes(bytes));
      channel.publish("big", List.of(9_007_199_254_740_993L, new java.math.BigDecimal("0.10")));

      List<Message> read = channel.history(HistoryQuery.oldestFirst()).stream().toList();
      assertThat(read.get(0).bytes()).isEqualTo(bytes);
      assertThat(read.get(1).json()).isEqualTo("[9007199254740993,0.10]");
    }
  }

  @Test
  void anArrayIsOneUnit() {
    try (Tidegate tidegate = GATEWAY.client().build()) {
      Channel channel = tidegate.channel("array");
      Published published =
          channel.publish(
              List.of(OutgoingMessage.of(1), OutgoingMessage.of(2), OutgoingMessage.of(3)));
      assertThat(published.messages()).extracting(Published.Item::seq).containsExactly(1L, 2L, 3L);
      OutgoingMessage known = OutgoingMessage.of(4).withId(published.id());
      assertThatThrownBy(() -> channel.publish(List.of(OutgoingMessage.of(5), known)))
          .isInstanceOfSatisfying(
              TidegateException.class,
              e -> {
                assertThat(e.code()).isEqualTo(40901);
                assertThat(e.status()).isEqualTo(409);
                assertThat(e.requestId()).isPresent();
                assertThat(e.docs()).contains("/docs/errors#message-id-reused");
              });
      assertThat(channel.history().stream()).hasSize(3);
    }
  }

  @Test
  void aBatchAnswersForEachChannel() {
    try (Tidegate tidegate = GATEWAY.client().build()) {
      OutgoingMessage known = OutgoingMessage.of("first").withId("same");
      tidegate.channel("b").publish(known);
      OutgoingMessage other = OutgoingMessage.of("other").withId("same");
      List<BatchResult> results =
          tidegate.publish(
              List.of(
                  new BatchItem(List.of("a", "b", "c"), List.of(other)),
                  BatchItem.of("a", OutgoingMessage.of("more"))));

      assertThat(results).extracting(BatchResult::channel).containsExactly("a", "b", "c", "a");
      assertThat(results.get(0).get().id()).isEqualTo("same");
      assertThat(results.get(1).error().orElseThrow().code()).isEqualTo(40901);
      assertThat(results.get(2).get().position().seq()).isEqualTo(1);
      assertThat(results.get(3).get().position().seq()).isEqualTo(2);
    }
  }

  @Test
  void aLostAnswerDoesNotPublishTwice() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(GATEWAY.port());
        Tidegate tidegate =
            Tidegate.builder()
                .url(proxy.url())
                .key(GATEWAY.newKey())
                .timeout(Duration.ofSeconds(120))
                .attempts(10)
                .build()) {
      Channel channel = tidegate.channel("once");
      for (int i = 0; i < 5; i++) {
        proxy.lose(1 + i % 2);
        assertThat(channel.publish("n", i).position().seq()).isEqualTo(i + 1);
      }
      assertThat(proxy.lost()).isEqualTo(7);
      assertThat(channel.history(HistoryQuery.oldestFirst()).stream().map(Message::json))
          .containsExactly("0", "1", "2", "3", "4");
    }
  }

  @Test
  void lostAnswersOfLingeringPublishesDoNotPublishTwice() throws IOException {
    try (CuttingProxy proxy = new CuttingProxy(GATEWAY.port());
        Tidegate tidegate =
            Tidegate.builder()
                .url(proxy.url())
                .key(GATEWAY.newKey())
                .timeout(Duration.ofSeconds(120))
                .attempts(10)
                .linger(Duration.ofMillis(5))
                .build()) {
      Channel channel = tidegate.channel("once");
      proxy.lose(2);
      List<CompletableFuture<Published>> answers =
          IntStream.range(0, 250).mapToObj(i -> channel.publishAsync("n", i)).toList();
      List<Long> seqs = answers.stream().map(answer -> answer.join().position().seq()).toList();

      assertThat(proxy.lost()).isEqualTo(2);
      assertThat(seqs).isEqualTo(IntStream.rangeClosed(1, 250).mapToObj(i -> (long) i).toList());
      assertThat(channel.history(HistoryQuery.oldestFirst()).stream().map(Message::json))
          .containsExactlyElementsOf(IntStream.range(0, 250).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void aLingeringPublishIsRefusedByItself() {
    try (Tidegate tidegate = GATEWAY.client().linger(Duration.ofMillis(20)).build()) {
      Channel channel = tidegate.channel("innocent");
      List<CompletableFuture<Published>> answers = new ArrayList<>();
      answers.add(channel.publishAsync("ok", 1));
      answers.add(channel.publishAsync("ok", "x".repeat(70_000)));
      answers.add(channel.publishAsync(OutgoingMessage.of(2).withId("twice")));
      answers.add(channel.publishAsync(OutgoingMessage.of(3).withId("twice")));
      answers.add(channel.publishAsync("ok", 4));

      assertThat(answers.get(0).join().messages()).hasSize(1);
      assertThat(answers.get(1))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.code()).isEqualTo(41301));
      assertThat(answers.get(2).join().id()).isEqualTo("twice");
      assertThat(answers.get(3))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.code()).isEqualTo(40901));
      assertThat(answers.get(4).join().messages()).hasSize(1);
      assertThat(channel.history(HistoryQuery.oldestFirst()).stream().map(Message::json))
          .containsExactly("1", "2", "4");
    }
  }

  @Test
  void closingSendsWhatWaits() {
    Tidegate tidegate = GATEWAY.client().linger(Duration.ofSeconds(1)).build();
    Channel channel = tidegate.channel("bounded");
    CompletableFuture<Published> first = channel.publishAsync("n", 1);
    CompletableFuture<Published> second = channel.publishAsync("n", 2);
    tidegate.close();
    assertThat(first.join().position().seq()).isEqualTo(1);
    assertThat(second.join().position().seq()).isEqualTo(2);
    assertThatThrownBy(() -> channel.publish("n", 4))
        .isInstanceOfSatisfying(
            TidegateException.class,
            e -> assertThat(e.is(TidegateException.Local.CLOSED)).isTrue());
  }

  @Test
  void historyIsReadOverManyPages() {
    try (Tidegate tidegate = GATEWAY.client().build()) {
      Channel channel = tidegate.channel("pages");
      for (int from = 0; from < 300; from += 100) {
        channel.publish(IntStream.range(from, from + 100).mapToObj(OutgoingMessage::of).toList());
      }
      List<Long> seqs =
          channel.history(HistoryQuery.newestFirst().pageSize(70).from(250)).stream()
              .map(message -> message.position().seq())
              .toList();
      assertThat(seqs).hasSize(250).first().isEqualTo(250L);
      assertThat(seqs).isSortedAccordingTo(java.util.Comparator.reverseOrder());
      Page<Message> page =
          channel.history(HistoryQuery.oldestFirst().pageSize(10)).pageAsync().join();
      assertThat(page.items()).hasSize(10);
      assertThat(page.next()).isPresent();
    }
  }

  @Test
  void nobodyAnswersSaysSoAndNamesNoSecret() {
    String key = GATEWAY.newKey();
    try (Tidegate tidegate =
        Tidegate.builder().url("http://127.0.0.1:1").key(key).attempts(2).build()) {
      assertThatThrownBy(() -> tidegate.channel("a").publish("n", 1))
          .isInstanceOfSatisfying(
              TidegateException.class,
              e -> {
                assertThat(e.is(TidegateException.Local.NO_ANSWER)).isTrue();
                assertThat(e.toString()).doesNotContain(key.substring(key.indexOf(':') + 1));
              });
    }
  }
}
