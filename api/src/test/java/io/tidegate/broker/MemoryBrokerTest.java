package io.tidegate.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends BrokerContract {
  private static final long MAX_BYTES = 4 << 20;

  private Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
  private final MemoryBroker broker = new MemoryBroker(() -> now, MAX_BYTES);

  @Override
  Broker broker() {
    return broker;
  }

  @Override
  void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void theWindowsOfANodeAreBoundedTogetherAndSaySo() {
    ChannelId channel = freshChannel();
    Draft large = draft("large", "1".repeat(60_000));
    for (int i = 0; broker.windowBytes() + large.weight() <= MAX_BYTES; i++) {
      publish(channel, WINDOW, draft("large" + i, "1".repeat(60_000)));
    }
    assertThat(refusal(freshChannel(), WINDOW, large)).isEqualTo(Refusal.OVERLOADED);
    assertThat(broker.windowBytes()).isLessThanOrEqualTo(MAX_BYTES);
    assertThat(publish(freshChannel(), Retention.NOTHING, large).fresh()).hasSize(1);
    pass(Duration.ofSeconds(121));
    broker.sweep();
    assertThat(broker.windowBytes()).isZero();
    assertThat(publish(freshChannel(), WINDOW, large).fresh()).hasSize(1);
  }

  @Test
  void rememberedIdsAreCountedAndIdsTheNodeMadeAreNotRemembered() {
    ChannelId channel = freshChannel();
    Retention small = new Retention(1, 120);
    publishSome(channel, small, "a", 100);
    long withIds = broker.windowBytes();
    assertThat(withIds).isGreaterThan(100 * 100);
    ChannelId other = freshChannel();
    for (int i = 0; i < 100; i++) {
      publish(
          other, small, new Draft("m" + i, null, new byte[9], null, null, null, null, null, true));
    }
    assertThat(broker.windowBytes() - withIds).isLessThan(1_000);
    broker.forget(channel);
    broker.forget(other);
    assertThat(broker.windowBytes()).isZero();
  }

  @Test
  void aCounterOutlivesItsMessagesByADay() {
    ChannelId channel = freshChannel();
    Published first = publish(channel, WINDOW, draft("a", "1"));
    pass(Duration.ofHours(23));
    broker.sweep();
    Published second = publish(channel, WINDOW, draft("b", "1"));
    assertThat(second.epoch()).isEqualTo(first.epoch());
    assertThat(seqs(second)).containsExactly(2L);
    pass(Duration.ofHours(25));
    broker.sweep();
    assertThat(broker.head(channel, WINDOW)).isEmpty();
  }

  @Test
  void aCounterLivesAsLongAsSomebodySubscribes() {
    ChannelId channel = freshChannel();
    broker.subscribe(channel).toCompletableFuture().join();
    Epoch opened = broker.open(TENANT, channel, WINDOW).epoch();
    pass(Duration.ofHours(48));
    broker.sweep();
    assertThat(broker.head(channel, WINDOW).orElseThrow().epoch()).isEqualTo(opened);
    broker.unsubscribe(channel);
    pass(Duration.ofMinutes(9));
    broker.sweep();
    assertThat(broker.head(channel, WINDOW)).as("time to come back").isPresent();
    pass(Duration.ofMinutes(2));
    broker.sweep();
    assertThat(broker.head(channel, WINDOW)).isEmpty();
  }
}
