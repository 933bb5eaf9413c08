package io.tidegate.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.channel.AppId;
import io.tidegate.usage.Meter;
import io.tidegate.usage.Meters;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final AppId APP = new AppId("482913");
  private static final AppId OTHER = new AppId("771204");

  private final AtomicLong nanos = new AtomicLong(5);
  private final Meters meters = new Meters();
  private final Pulse pulse = new Pulse(meters, nanos::get);

  private void second() {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    pulse.look();
  }

  @Test
  void rateIsThatOfTheLastSeconds() {
    second();
    Meter meter = meters.of(APP);
    for (int i = 0; i < 10; i++) {
      meter.published(20, 2_000);
      meter.delivered(200, 20_000);
      meter.refused(40301);
      second();
    }

    Rates rates = pulse.of(APP);
    assertThat(rates.publishes()).isEqualTo(20);
    assertThat(rates.deliveries()).isEqualTo(200);
    assertThat(rates.bytesIn()).isEqualTo(2_000);
    assertThat(rates.bytesOut()).isEqualTo(20_000);
    assertThat(rates.refusals()).isEqualTo(1);
    second();
    second();
    second();
    assertThat(pulse.of(APP).publishes()).isZero();
  }

  @Test
  void firstMessageOfANewAppShows() {
    second();
    meters.of(APP).published(3, 10);
    second();

    assertThat(pulse.of(APP).publishes()).isEqualTo(3);
  }

  @Test
  void whatAGatewayHadCountedBeforeItLookedIsNoRate() {
    meters.of(APP).published(1_000_000, 10);
    second();

    assertThat(pulse.of(APP).publishes()).isZero();
  }

  @Test
  void usageThatIsWrittenDownMeanwhileTakesNothingAway() {
    second();
    Meter meter = meters.of(APP);
    for (int i = 0; i < 5; i++) {
      meter.published(10, 100);
      second();
      meters.take();
    }

    assertThat(pulse.of(APP).publishes()).isEqualTo(10);
  }

  @Test
  void latenciesAreThoseOfTheLastMinute() {
    second();
    Meter meter = meters.of(APP);
    meter.written(TimeUnit.MILLISECONDS.toNanos(900));
    second();
    assertThat(pulse.of(APP).latency().quantileMillis(0.99)).isCloseTo(900, within(225.0));
    for (int i = 0; i < 65; i++) {
      meter.written(TimeUnit.MILLISECONDS.toNanos(2));
      second();
    }

    assertThat(pulse.of(APP).latency().quantileMillis(0.99)).isLessThan(3);
    for (int i = 0; i < 65; i++) {
      second();
    }
    assertThat(pulse.of(APP).latency().total()).isZero();
  }

  @Test
  void nodeIsTheSumOfItsApps() {
    second();
    meters.of(APP).published(1, 10);
    meters.of(OTHER).published(2, 20);
    meters.of(OTHER).connected();
    meters.of(OTHER).occupied();
    second();

    assertThat(pulse.all()).isEqualTo(pulse.of(APP).plus(pulse.of(OTHER)));
    assertThat(pulse.all().publishes()).isEqualTo(3);
    assertThat(pulse.all().connections()).isEqualTo(1);
    assertThat(pulse.all().channels()).isEqualTo(1);
  }
}
