package io.tidegate.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A flood of refusals floods no store, and what is left out is told. */
final class RefusalsTest {
  private static final AppId APP = new AppId("482913");
  private static final AppId OTHER = new AppId("771204");

  private final AtomicLong nanos = new AtomicLong(1);
  private final MemoryRefusals store = new MemoryRefusals();
  private final Refusals refusals = new Refusals(store, InstantSource.system(), nanos::get);

  private void tell(AppId app, Refusal refusal, boolean proven, int times) {
    for (int i = 0; i < times; i++) {
      Told.tell(refusals, app, refusal, proven, "request-" + i);
    }
  }

  @Test
  void floodIsSampledAndSaysHowManyAreLeftOut() {
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 10_000);
    refusals.flush();

    long burst = Share.OF_CODE.burst();
    assertThat(store.rows()).hasSize((int) burst);
    assertThat(store.leftOut()).isEqualTo(10_000 - burst);
    assertThat(refusals.sampled()).isEqualTo(10_000 - burst);
    assertThat(refusals.kept()).isEqualTo(burst);
  }

  @Test
  void whatIsLeftOutIsToldBehindEachThatIsKept() {
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 60);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 10);
    refusals.flush();
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 5);
    refusals.flush();

    long kept = Share.OF_CODE.burst() + Share.OF_CODE.perSecond();
    assertThat(store.rows()).hasSize((int) kept);
    assertThat(store.leftOut()).isEqualTo(75 - kept);
  }

  @Test
  void oneThatIsTriedAgainAndAgainHidesNoOther() {
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 10_000);
    tell(APP, Refusal.ORIGIN_REFUSED, true, 1);
    refusals.flush();

    assertThat(store.rows()).extracting(Occurrence::code).contains(Refusal.ORIGIN_REFUSED.code());
  }

  @Test
  void anAppsFloodTakesNothingOfAnothers() {
    for (Refusal refusal : Refusal.values()) {
      tell(APP, refusal, true, 100);
    }
    tell(OTHER, Refusal.CAPABILITY_REFUSED, true, 1);
    refusals.flush();

    assertThat(store.rows()).hasSize((int) Share.OF_APP.burst() + 1);
    assertThat(store.rows()).extracting(Occurrence::app).contains(OTHER);
  }

  @Test
  void strangersTakeNothingOfTheAppsShare() {
    for (Refusal refusal : Refusal.values()) {
      tell(APP, refusal, false, 10);
    }
    refusals.flush();
    assertThat(store.rows()).hasSize((int) Share.OF_STRANGERS.burst());

    tell(APP, Refusal.CAPABILITY_REFUSED, true, 10);
    refusals.flush();
    assertThat(store.rows()).hasSize((int) Share.OF_STRANGERS.burst() + 10);
  }

  @Test
  void aDayHasABoundOfItsOwn() {
    int told = 0;
    for (int second = 0; second < 20_000; second++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      tell(APP, Refusal.values()[second % 80], true, 5);
      told += 5;
      refusals.flush();
    }
    assertThat(told).isGreaterThan(Share.MAX_IN_A_DAY);
    assertThat(store.rows()).hasSize(Share.MAX_IN_A_DAY);

    nanos.addAndGet(TimeUnit.DAYS.toNanos(1));
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 1);
    refusals.flush();
    assertThat(store.rows()).hasSize(Share.MAX_IN_A_DAY + 1);
  }

  @Test
  void aStoreThatIsAwayHoldsUpNobodyAndGetsWhatFits() {
    store.away(true);
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 10);
    refusals.flush();
    refusals.flush();
    assertThat(store.rows()).isEmpty();

    store.away(false);
    refusals.flush();
    assertThat(store.rows()).hasSize(10);
    assertThat(refusals.dropped()).isZero();
  }

  @Test
  void beyondTheQueueTheyAreDroppedAndCounted() {
    store.away(true);
    int apps = 300;
    int each = (int) Share.OF_CODE.burst();
    for (int app = 0; app < apps; app++) {
      tell(new AppId(Integer.toString(100_000 + app)), Refusal.CAPABILITY_REFUSED, true, each);
    }
    assertThat(refusals.waiting()).isEqualTo(Refusals.MAX_WAITING);
    assertThat(refusals.dropped()).isEqualTo((long) apps * each - Refusals.MAX_WAITING);

    store.away(false);
    refusals.flush();
    refusals.flush();
    assertThat(store.rows()).hasSize(Refusals.MAX_WAITING);
    assertThat(store.largest()).isLessThanOrEqualTo(Refusals.MAX_BATCH);
    assertThat(refusals.waiting()).isZero();
  }

  @Test
  void aBatchThatIsNeverTakenDoesNotStandInTheWayForEver() {
    store.away(true);
    tell(APP, Refusal.CAPABILITY_REFUSED, true, 3);
    for (int i = 0; i < Refusals.MAX_TRIES; i++) {
      refusals.flush();
    }
    assertThat(refusals.dropped()).isEqualTo(3);

    store.away(false);
    tell(APP, Refusal.ORIGIN_REFUSED, true, 1);
    refusals.flush();
    assertThat(store.rows()).extracting(Occurrence::code).containsExactly(40304);
  }
}
