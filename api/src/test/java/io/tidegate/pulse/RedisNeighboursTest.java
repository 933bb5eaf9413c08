package io.tidegate.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.usage.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes and a Redis process. */
class RedisNeighboursTest {
  private static final AppId APP = new AppId("482913");
  private static final AppId OTHER = new AppId("771204");
  private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final RedisLink link = PatientLink.open(redis.url(), timer);
  private final Meters meters = new Meters();
  private final Pulse pulse = new Pulse(meters, System::nanoTime);
  private final RedisNeighbours telling = new RedisNeighbours(link, "aaaaaa", pulse);
  private final RedisNeighbours asking =
      new RedisNeighbours(link, "bbbbbb", new Pulse(new Meters(), System::nanoTime));

  @AfterEach
  void stop() {
    link.close();
    timer.shutdownNow();
    redis.close();
  }

  private void told() {
    pulse.look();
    telling.tell(NOW);
  }

  @Test
  void whatOneNodeTellsAnotherReads() {
    pulse.look();
    meters.of(APP).published(7, 70);
    meters.of(APP).written(TimeUnit.MILLISECONDS.toNanos(3));
    meters.of(OTHER).connected();
    told();

    assertThat(asking.sum(List.of(APP))).isEqualTo(pulse.of(APP));
    assertThat(asking.sum(List.of(APP)).latency().total()).isEqualTo(1);
    assertThat(asking.sum(List.of(APP, OTHER))).isEqualTo(pulse.all());
    assertThat(asking.nodes().keySet()).containsExactly("aaaaaa");
    NodePulse node = asking.nodes().get("aaaaaa");
    assertThat(node).isNotNull();
    assertThat(node.rates()).isEqualTo(pulse.all());
    assertThat(node.at()).isEqualTo(NOW);
    assertThat(node.heapUsed()).isPositive();
    assertThat(telling.sum(List.of(APP))).isEqualTo(Rates.NONE);
  }

  @Test
  void appThatDoesNothingAnyMoreIsTakenAway() {
    pulse.look();
    meters.of(APP).connected();
    told();
    assertThat(asking.sum(List.of(APP)).connections()).isEqualTo(1);
    meters.of(APP).disconnected();
    told();

    assertThat(asking.sum(List.of(APP))).isEqualTo(Rates.NONE);
  }

  @Test
  void nodeThatTellsNoMoreIsForgotten() {
    told();
    assertThat(asking.nodes()).isNotEmpty();

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(asking.nodes()).isEmpty());
    told();
    assertThat(asking.nodes()).isNotEmpty();
  }

  @Test
  void withoutRedisNothingIsKnownAndNothingFails() {
    redis.close();

    told();
    assertThat(asking.sum(List.of(APP))).isEqualTo(Rates.NONE);
    assertThat(asking.nodes()).isEmpty();
  }
}
