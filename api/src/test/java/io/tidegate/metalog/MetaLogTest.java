package io.tidegate.metalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidegate.channel.AppId;
import io.tidegate.json.StrictJson;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Events are made only for who listens, so many a second, and the rest is counted. */
final class MetaLogTest {
  private static final AppId APP = new AppId("482913");
  private static final AppId OTHER = new AppId("771204");

  private final AtomicLong nanos = new AtomicLong(1);
  private final MetaLog log = new MetaLog(nanos::get);
  private final AtomicInteger made = new AtomicInteger();
  private final List<LogEvent> written = new ArrayList<>();

  private void tell(AppId app, int times) {
    for (int i = 0; i < times; i++) {
      if (log.wants(app)) {
        made.incrementAndGet();
        log.tell(app, new LogEvent("message.published").with("messages", 1));
      }
    }
  }

  private void flush() {
    log.flush((app, events) -> written.addAll(events));
  }

  private long skipped() {
    return written.stream()
        .map(event -> StrictJson.parseObject(new String(event.json(), StandardCharsets.UTF_8)))
        .mapToLong(data -> ((Number) data.getOrDefault("skipped", 0L)).longValue())
        .sum();
  }

  @Test
  void nothingIsMadeWhileNobodyListens() {
    assertThat(log.isHeard()).isFalse();
    tell(APP, 10);
    log.listen(OTHER);
    tell(APP, 10);
    assertThat(log.isHeard()).isTrue();
    assertThat(made).hasValue(0);

    log.unlisten(OTHER);
    nanos.addAndGet(MetaLog.LINGER_NANOS);
    flush();
    assertThat(log.isHeard()).isFalse();
  }

  @Test
  void theLastOfSeveralListenersEndsIt() {
    log.listen(APP);
    log.listen(APP);
    log.unlisten(APP);
    tell(APP, 1);
    assertThat(made).hasValue(1);
    log.unlisten(APP);
    nanos.addAndGet(MetaLog.LINGER_NANOS);
    flush();
    tell(APP, 1);
    assertThat(made).hasValue(1);
  }

  /** A poll, or a stream that is opened again: in between nobody is there. */
  @Test
  void whoComesAgainSoonHasMissedNothing() {
    log.listen(APP);
    log.unlisten(APP);
    nanos.addAndGet(MetaLog.LINGER_NANOS - 1);
    flush();
    tell(APP, 1);
    log.listen(APP);
    nanos.addAndGet(MetaLog.LINGER_NANOS);
    flush();
    tell(APP, 1);
    assertThat(made).hasValue(2);
  }

  @Test
  void aSecondHasABoundAndSaysWhatIsSkipped() {
    log.listen(APP);
    tell(APP, 20_000);
    flush();
    assertThat(written).hasSize((int) Audience.RATE.burst());
    assertThat(made).hasValue((int) Audience.RATE.burst());

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    tell(APP, 1);
    flush();
    assertThat(skipped()).isEqualTo(20_000 - Audience.RATE.burst());
    assertThat(log.skipped()).isEqualTo(20_000 - Audience.RATE.burst());
  }

  /** At 20,000 events a second the hot path is not to feed the collector. */
  @Test
  void whatIsBeyondTheRateMakesNothing() {
    log.listen(APP);
    tell(APP, 1_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    tell(APP, 100_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(log.skipped()).isEqualTo(101_000 - Audience.RATE.burst());
    assertThat(bytes).isLessThan(100_000);
  }

  @Test
  void whatIsNotWrittenIsBounded() {
    log.listen(APP);
    for (int second = 0; second < 10; second++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      tell(APP, 200);
    }
    assertThat(made).hasValue(400);
    flush();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    tell(APP, 1);
    flush();
    assertThat(written.size() + skipped()).isEqualTo(2_001);
  }

  @Test
  void unitsAreNoLargerThanAPublishMayBe() {
    log.listen(APP);
    tell(APP, 200);
    List<Integer> sizes = new ArrayList<>();
    log.flush((app, events) -> sizes.add(events.size()));
    assertThat(sizes).containsExactly(100, 100);
  }

  @Test
  void aSinkThatFailsLosesOnlyWhatItWasGiven() {
    log.listen(APP);
    tell(APP, 1);
    log.flush(
        (app, events) -> {
          throw new IllegalStateException("as the test has it");
        });
    tell(APP, 1);
    flush();
    assertThat(written).hasSize(1);
  }

  @Test
  void textsOfClientsAreMasked() {
    LogEvent event =
        new LogEvent("subscription.added")
            .with("channel", "q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E")
            .with("clientId", null);
    assertThat(new String(event.json(), StandardCharsets.UTF_8)).isEqualTo("{\"channel\":\"***\"}");
  }
}
