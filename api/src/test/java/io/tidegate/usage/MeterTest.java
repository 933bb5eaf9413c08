package io.tidegate.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final AppId APP = new AppId("1");

  private final AtomicLong nanos = new AtomicLong();
  private final Meters meters = new Meters(nanos::get);

  @Test
  void sumsBeginAnewAndPeaksGoOnFromWhatIsThere() {
    Meter meter = meters.of(APP);
    meter.published(2, 10);
    meter.delivered(6, 300);
    meter.refused(42910);
    meter.refused(42910);
    meter.connected();
    meter.connected();
    meter.disconnected();
    meter.occupied();
    meter.entered();
    meter.entered();
    meter.entered();
    meter.left();

    assertThat(meters.take())
        .isEqualTo(Map.of(APP, new Counts(2, 6, 10, 300, 2, 0, 1, 3, 0, Map.of(42910, 2L))));
    assertThat(meters.take())
        .isEqualTo(Map.of(APP, new Counts(0, 0, 0, 0, 1, 0, 1, 2, 0, Map.of())));
  }

  @Test
  void connectionTimeIsThatOfAllConnections() {
    Meter meter = meters.of(APP);
    meter.connected();
    pass(30);
    meter.connected();
    pass(30);
    assertThat(take().connectionMillis()).isEqualTo(90_000);
    meter.disconnected();
    meter.disconnected();
    pass(30);
    Counts counts = take();
    assertThat(counts.connectionMillis()).isZero();
    assertThat(counts.connectionsPeak()).isEqualTo(2);
  }

  @Test
  void whatStrangersBringAboutIsCountedUpToABound() {
    Meter meter = meters.of(APP);
    meter.refused(40131);
    for (int i = 0; i < 5_000; i++) {
      meter.refusedStranger(40131);
    }
    assertThat(take().refusals()).containsExactly(Map.entry(40131, 1_000L));
    meter.refusedStranger(40132);
    meter.refused(40131);
    assertThat(take().refusals()).isEqualTo(Map.of(40131, 1L, 40132, 1L));
  }

  @Test
  void anAppThatUsesNothingIsForgottenAndOneThatIsConnectedIsNot() {
    Meter idle = meters.of(APP);
    AppId other = new AppId("2");
    Meter connected = meters.of(other);
    connected.connected();
    for (int i = 0; i < 20; i++) {
      pass(60);
      assertThat(meters.take()).containsOnlyKeys(other);
    }
    assertThat(meters.of(APP)).isNotSameAs(idle);
    assertThat(meters.of(other)).isSameAs(connected);
  }

  private Counts take() {
    return Objects.requireNonNull(meters.take().get(APP));
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
