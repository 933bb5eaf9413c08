package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.sdk.gateway.Gateway;
import io.tidegate.sdk.gateway.Inbox;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A node that is killed and started again over its data. */
class RestartIT {
  @Test
  void durableChannelsLoseNothingAndTheOthersSayWhatTheyLost() throws Exception {
    Gateway gateway = Gateway.own();
    String key = gateway.durableKey();
    try (Tidegate backend = Tidegate.builder().url(gateway.url()).key(key).build();
        Tidegate tidegate = Tidegate.builder().url(gateway.url()).key(key).build()) {
      Inbox durable = new Inbox();
      Inbox window = new Inbox();
      tidegate.channel("durable:a").subscribe(durable).ready().get(90, TimeUnit.SECONDS);
      tidegate.channel("window:a").subscribe(window).ready().get(90, TimeUnit.SECONDS);
      for (int i = 0; i < 5; i++) {
        backend.channel("durable:a").publish("n", i);
        backend.channel("window:a").publish("n", i);
      }
      durable.awaitCount(5);
      window.awaitCount(5);
      gateway.kill9();
      await()
          .atMost(Inbox.PATIENCE)
          .until(() -> tidegate.connection().state() != ConnectionState.CONNECTED);
      CompletableFuture<Published> waiting = tidegate.channel("durable:a").publishAsync("n", 5);
      gateway.restart();
      assertThat(waiting.get(90, TimeUnit.SECONDS).position().seq()).isEqualTo(6);
      await().atMost(Inbox.PATIENCE).until(() -> window.jumps().size() == 1);
      backend.channel("window:a").publish("n", 5);
      durable.awaitCount(6);
      window.awaitCount(6);

      assertThat(durable.seqs()).isEqualTo(LongStream.rangeClosed(1, 6).boxed().toList());
      assertThat(durable.jumps()).isEmpty();
      assertThat(window.jumps().get(0).from()).contains(window.messages().get(4).position());
      assertThat(window.texts()).containsExactly("0", "1", "2", "3", "4", "5");
    } finally {
      gateway.stop();
    }
  }
}
