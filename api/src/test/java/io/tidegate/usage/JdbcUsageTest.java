package io.tidegate.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.tidegate.TestContext;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.figures.LatencyCounts;
import io.tidegate.log.MessageLog;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcUsageTest {
  private static final Instant NINE = Instant.parse("2026-05-04T09:00:00Z");

  private final ApplicationContext context = TestContext.start("usage_rows_test");
  private final JdbcUsage usage = context.getBean(JdbcUsage.class);
  private final TenantId tenant = tenant();
  private final AppId app = app(tenant);

  @AfterAll
  void stop() {
    context.close();
  }

  private TenantId tenant() {
    JdbcTenants tenants = context.getBean(JdbcTenants.class);
    return tenants.create(Caller.SYSTEM, "usage", Limits.INITIAL).tenantId();
  }

  private AppId app(TenantId of) {
    JdbcApps apps = context.getBean(JdbcApps.class);
    return apps.create(Caller.SYSTEM, of, "usage", List.of()).appId();
  }

  @Test
  void aRepeatedFlushCountsOnce() throws Exception {
    AppId one = app(tenant);
    Map<AppId, Counts> used =
        Map.of(one, new Counts(5, 50, 1, 2, 3, 4, 6, 8, 9, Map.of(40160, 7L)));
    usage.add("node-a", 1, NINE, used);
    usage.add("node-a", 1, NINE, used);
    usage.add("node-a", 2, NINE, used);
    usage.add("node-b", 1, NINE, used);

    for (Unit unit : Unit.values()) {
      assertThat(read(one, unit, Duration.ofDays(31)))
          .as(unit.wireName())
          .extracting(UsageRow::counts)
          .containsExactly(new Counts(15, 150, 3, 6, 6, 12, 12, 16, 27, Map.of(40160, 21L)));
    }
  }

  @Test
  void longerTimesAreMadeOfShorterOnesAndKeepTheGreatestPeak() throws Exception {
    AppId one = app(tenant);
    for (int minute = 0; minute < 90; minute++) {
      Counts counts = new Counts(1, 0, 0, 0, minute, 60_000, 0, 0, 0, Map.of());
      usage.add("node-a", minute + 1, NINE.plus(Duration.ofMinutes(minute)), Map.of(one, counts));
    }

    assertThat(read(one, Unit.MINUTE, Duration.ofHours(2))).hasSize(90);
    assertThat(read(one, Unit.MINUTE, Duration.ofMinutes(10))).hasSize(10);
    List<UsageRow> hours = read(one, Unit.HOUR, Duration.ofHours(2));
    assertThat(hours).extracting(row -> row.counts().publishes()).containsExactly(60L, 30L);
    assertThat(hours).extracting(row -> row.counts().connectionsPeak()).containsExactly(59L, 89L);
    UsageRow month = read(one, Unit.MONTH, Duration.ofDays(1)).getFirst();
    assertThat(month.start()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    assertThat(month.counts().connectionMinutes()).isEqualTo(90);
  }

  @Test
  void latenciesOfMinutesAndNodesAddUpToThoseOfADay() throws Exception {
    AppId one = app(tenant);
    LatencyCounts fast = LatencyCounts.of(Map.of(8, 970L));
    LatencyCounts slow = LatencyCounts.of(Map.of(8, 1L, 40, 29L));
    usage.add("node-a", 1, NINE, Map.of(one, with(fast)));
    usage.add("node-b", 1, NINE.plus(Duration.ofMinutes(30)), Map.of(one, with(slow)));

    assertThat(read(one, Unit.MINUTE, Duration.ofHours(1)))
        .extracting(row -> row.counts().latency())
        .containsExactly(fast, slow);
    for (Unit unit : List.of(Unit.HOUR, Unit.DAY, Unit.MONTH)) {
      LatencyCounts all = read(one, unit, Duration.ofDays(1)).getFirst().counts().latency();
      assertThat(all).as(unit.wireName()).isEqualTo(fast.plus(slow));
      assertThat(all.quantileMillis(0.95)).isLessThan(1);
      assertThat(all.quantileMillis(0.99)).isGreaterThan(50);
    }
  }

  private static Counts with(LatencyCounts latency) {
    return new Counts(1, 1, 0, 0, 0, 0, 0, 0, 0, Map.of(), latency);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
    TenantId many = tenant();
    AppId[] apps = {app(many), app(many), app(many)};
    Counts counts = new Counts(1, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    for (int minute = 0; minute < 7; minute++) {
      for (AppId one : apps) {
        usage.add(one + " " + minute, 1, NINE.plusSeconds(60L * minute), Map.of(one, counts));
      }
    }
    UsageQuery all = new UsageQuery(many, null, Unit.MINUTE, NINE, NINE.plusSeconds(3600));
    List<UsageRow> paged = new ArrayList<>();
    UsageRow.Key after = null;
    for (List<UsageRow> page = usage.read(all, null, 4);
        !page.isEmpty();
        page = usage.read(all, after, 4)) {
      paged.addAll(page);
      after = page.getLast().key();
    }
    assertThat(paged).hasSize(21).isEqualTo(usage.read(all, null, 100)).doesNotHaveDuplicates();
  }

  @Test
  void anotherTenantsUsageIsNotToBeSeen() throws Exception {
    usage.add("node-a", 1, NINE, Map.of(app, new Counts(1, 0, 0, 0, 0, 0, 0, 0, 0, Map.of())));
    TenantId other = tenant();
    UsageQuery foreign = new UsageQuery(other, app, Unit.DAY, NINE, NINE.plusSeconds(1));
    assertThat(usage.read(foreign, null, 10)).isEmpty();
  }

  @Test
  void anErasedAppIsLeftOut() throws Exception {
    AppId gone = new AppId("999999999999999999");
    Counts counts = new Counts(1, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    AppId there = app(tenant);
    usage.add("node-a", 1, NINE, Map.of(gone, counts, there, counts));
    assertThat(read(there, Unit.DAY, Duration.ofDays(1))).hasSize(1);
  }

  @Test
  void whatIsPastItsTimeIsDropped() throws Exception {
    AppId one = app(tenant);
    Instant today = usage.minute();
    Counts counts = new Counts(1, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    usage.add("node-a", 1, today.minus(Duration.ofDays(10)), Map.of(one, counts));
    usage.forget();
    Instant from = today.minus(Duration.ofDays(20));
    assertThat(usage.read(new UsageQuery(tenant, one, Unit.MINUTE, from, today), null, 9))
        .isEmpty();
    assertThat(usage.read(new UsageQuery(tenant, one, Unit.HOUR, from, today), null, 9)).hasSize(1);
  }

  @Test
  void whatIsStoredIsMeasuredOnceAMinuteAndItsPeakIsTold() throws Exception {
    TenantId holder = tenant();
    AppId one = app(holder);
    AppId empty = app(holder);
    Instant from = usage.minute();
    store(holder, one, "a");
    // By whoever is first in a minute, this context's own job too: then the next minute's counts.
    List<UsageRow> minutes =
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(
                () -> {
                  usage.measure();
                  return today(holder, Unit.MINUTE, from);
                },
                rows -> !rows.isEmpty());
    assertThat(minutes).extracting(UsageRow::app).containsOnly(one).doesNotContain(empty);
    assertThat(minutes.getFirst().storedBytes()).isEqualTo(101);
    assertThat(minutes.getFirst().counts().isNothing()).isTrue();

    store(holder, one, "b");
    usage.measure();
    // The clock may have come to the next minute meanwhile.
    assertThat(today(holder, Unit.MINUTE, from).getFirst().storedBytes()).isEqualTo(101);
    for (Unit unit : new Unit[] {Unit.HOUR, Unit.DAY, Unit.MONTH}) {
      assertThat(today(holder, unit, from).getLast().storedBytes()).isIn(101L, 202L);
    }
    usage.add("node-a", 1, from, Map.of(one, new Counts(2, 0, 0, 0, 0, 0, 0, 0, 0, Map.of())));
    assertThat(today(holder, Unit.MONTH, from)).anyMatch(row -> row.storedBytes() >= 101);
  }

  private void store(TenantId of, AppId in, String id) {
    Draft draft = new Draft(id, null, new byte[] {'1'}, null, null, null, null, null);
    ChannelId channel = new ChannelId(in, new ChannelName("c"));
    context
        .getBean(MessageLog.class)
        .append(
            new PublishUnit(of, channel, List.of(draft)),
            new Retention(Integer.MAX_VALUE, 86_400),
            published -> {})
        .toCompletableFuture()
        .join();
  }

  private List<UsageRow> today(TenantId of, Unit unit, Instant from) {
    Instant end = from.plus(Duration.ofHours(1));
    return usage.read(new UsageQuery(of, null, unit, from, end), null, 1_000);
  }

  private List<UsageRow> read(AppId of, Unit unit, Duration time) {
    return usage.read(new UsageQuery(tenant, of, unit, NINE, NINE.plus(time)), null, 1_000);
  }
}
